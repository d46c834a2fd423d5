// @ts-check
// The valence x arousal plane as a small drawing: where you sound, and the way the music takes.

/** @typedef {import("../api.js").Affect} Affect */

const SVG = "http://www.w3.org/2000/svg";
const CENTRE = 120;
const REACH = 92;

/** @param {Affect} affect @returns {[number, number]} */
function place({ valence, arousal }) {
  return [CENTRE + valence * REACH, CENTRE - arousal * REACH];
}

/**
 * @param {SVGElement} parent
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {string} [text]
 */
function draw(parent, name, attributes, text = "") {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.textContent = text;
  parent.append(element);
}

/**
 * @param {SVGElement} svg
 * @param {{ state: Affect, target: Affect, steps: readonly Affect[], hue: string }} journey
 */
export function drawAffectMap(svg, { state, target, steps, hue }) {
  svg.replaceChildren();
  const box = { x: CENTRE - REACH, y: CENTRE - REACH, width: 2 * REACH, height: 2 * REACH };
  draw(svg, "rect", { ...box, class: "map-frame" });
  draw(svg, "path", {
    d: `M${CENTRE} ${CENTRE - REACH}V${CENTRE + REACH}M${CENTRE - REACH} ${CENTRE}H${CENTRE + REACH}`,
    class: "map-axis",
  });
  draw(svg, "text", { x: CENTRE, y: 18, class: "map-word" }, "energetic");
  draw(svg, "text", { x: CENTRE, y: 231, class: "map-word" }, "quiet");
  draw(
    svg,
    "text",
    { x: 14, y: CENTRE, class: "map-word", transform: `rotate(-90 14 ${CENTRE})`, dy: 4 },
    "unpleasant",
  );
  draw(
    svg,
    "text",
    { x: 226, y: CENTRE, class: "map-word", transform: `rotate(90 226 ${CENTRE})`, dy: 4 },
    "pleasant",
  );
  const way = [state, ...steps].map((step) =>
    place(step)
      .map((value) => value.toFixed(1))
      .join(" "),
  );
  if (steps.length) draw(svg, "path", { d: `M${way.join("L")}`, class: "map-way" });
  for (const step of steps)
    draw(svg, "circle", { cx: place(step)[0], cy: place(step)[1], r: 2.5, class: "map-step" });
  draw(svg, "circle", { cx: place(target)[0], cy: place(target)[1], r: 8, class: "map-target" });
  draw(svg, "circle", {
    cx: place(state)[0],
    cy: place(state)[1],
    r: 6,
    class: "map-state",
    "data-emotion": hue,
  });
}

/** @param {Affect} affect */
export function affectWords({ valence, arousal }) {
  const tone = valence > 0.2 ? "pleasant" : valence < -0.2 ? "unpleasant" : "";
  const energy = arousal > 0.2 ? "energetic" : arousal < -0.2 ? "quiet" : "";
  if (!tone && !energy) return "near the middle";
  return [energy, tone].filter(Boolean).join(" and ");
}

/**
 * @param {Affect} state
 * @param {Affect} target
 */
export function mapWords(state, target) {
  const from = affectWords(state);
  const to = affectWords(target);
  return from === to ? `Staying ${from}.` : `From ${from} to ${to}.`;
}
