// @ts-check
// The waveform of the voice across the page: at rest, live, under review, being analysed, and read.

import { barHeights } from "./waveform-peaks.js";

/** @typedef {import("../result/timeline.js").Span} Span */
/**
 * What the waveform shows. `spans` tints a result, `highlight` keeps one emotion of it, `progress` is the
 * place of playback (0 to 1), `wide` one as long as that of a result.
 * @typedef {{ mode: "rest" | "live" | "still" | "sweep" | "result", peaks: readonly number[], duration_s: number,
 *   spans: readonly Span[], highlight: string | null, progress: number | null, wide: boolean }} Picture
 */

const BAR_PX = 3;
const STEP_PX = 6;
const SWEEP_MS = 2400;
/** @type {Picture} */
const REST = {
  mode: "rest",
  peaks: [],
  duration_s: 0,
  spans: [],
  highlight: null,
  progress: null,
  wide: false,
};

export class WaveformView {
  #picture = REST;
  #dirty = true;
  #still = matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {Map<string, string>} */
  #colours = new Map();

  /**
   * @param {HTMLElement} frame the element that holds the canvas
   * @param {HTMLCanvasElement} canvas
   * @param {import("../scope.js").Scope} scope
   */
  constructor(frame, canvas, scope) {
    this.frame = frame;
    this.canvas = canvas;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("this browser draws no canvas");
    this.context = context;
    const resized = new ResizeObserver(() => this.#refresh());
    resized.observe(frame);
    scope.own(() => resized.disconnect());
    scope.listen(matchMedia("(prefers-color-scheme: dark)"), "change", () => this.#refresh());
    scope.everyFrame((time_ms) => this.#frame(time_ms));
  }

  /** @param {Partial<Picture>} picture */
  show(picture) {
    this.#picture = { ...REST, ...picture };
    this.#dirty = true;
  }

  /** @param {Partial<Picture>} change */
  update(change) {
    this.#picture = { ...this.#picture, ...change };
    this.#dirty = true;
  }

  #refresh() {
    this.#colours.clear();
    this.#dirty = true;
  }

  /** @param {number} time_ms */
  #frame(time_ms) {
    const moving = this.#picture.mode === "sweep" && !this.#still.matches;
    if (!moving && !this.#dirty) return;
    this.#dirty = false;
    this.#draw(time_ms);
  }

  /** @param {number} time_ms */
  #draw(time_ms) {
    const { width, height } = this.frame.getBoundingClientRect();
    const density = Math.min(3, devicePixelRatio || 1);
    this.canvas.width = Math.round(width * density);
    this.canvas.height = Math.round(height * density);
    this.context.setTransform(density, 0, 0, density, 0, 0);
    const gutter = Math.max(16, Math.min(40, width * 0.04));
    const columns = this.#picture.mode === "result" || this.#picture.wide ? 1120 : 720;
    const inner = Math.min(columns, width - 2 * gutter);
    const left = (width - inner) / 2;
    this.#thread(0, left - STEP_PX, height);
    this.#thread(left + inner + STEP_PX, width, height);
    this.#bars(left, inner, height, time_ms);
    this.#playhead(left, inner, height);
  }

  /**
   * @param {number} from
   * @param {number} until
   * @param {number} height
   */
  #thread(from, until, height) {
    this.context.fillStyle = this.#colour("hairline");
    this.context.fillRect(from, height / 2 - 0.5, until - from, 1);
  }

  /**
   * @param {number} left
   * @param {number} width
   * @param {number} height
   * @param {number} time_ms
   */
  #bars(left, width, height, time_ms) {
    const count = Math.floor(width / STEP_PX);
    const sizes = this.#sizes(count);
    for (let bar = 0; bar < count; bar++) {
      const place = (bar + 0.5) / count;
      const size = sizes[bar] ?? 0;
      const tall = Math.max(BAR_PX, size * (height - 8));
      const { colour, alpha, broken = false } = this.#ink(place, time_ms, bar < sizes.length);
      this.context.globalAlpha = alpha;
      this.context.fillStyle = this.#colour(colour);
      this.context.beginPath();
      const x = left + bar * STEP_PX + 1;
      if (broken) this.#beads(x, tall, height);
      else this.context.roundRect(x, (height - tall) / 2, BAR_PX, tall, BAR_PX / 2);
      this.context.fill();
    }
    this.context.globalAlpha = 1;
  }

  /**
   * A bar of beads, for what nobody is sure of.
   * @param {number} x
   * @param {number} tall
   * @param {number} height
   */
  #beads(x, tall, height) {
    const reach = Math.max(0, Math.floor((tall - BAR_PX) / 2 / STEP_PX));
    for (let bead = -reach; bead <= reach; bead++)
      this.context.roundRect(
        x,
        height / 2 + bead * STEP_PX - BAR_PX / 2,
        BAR_PX,
        BAR_PX,
        BAR_PX / 2,
      );
  }

  /** @param {number} count @returns {readonly number[]} */
  #sizes(count) {
    const { mode, peaks } = this.#picture;
    if (mode === "rest" || (mode === "live" && this.#still.matches)) return [];
    if (mode === "live") return peaks.slice(-count).map((peak) => Math.min(1, peak ** 0.6));
    return barHeights(peaks, peaks.length ? count : 0);
  }

  /**
   * @param {number} place 0 to 1 along the waveform
   * @param {number} time_ms
   * @param {boolean} drawn whether there is sound at this place yet
   */
  #ink(place, time_ms, drawn) {
    const { mode, duration_s, spans, highlight } = this.#picture;
    if (mode === "rest" || !drawn) return { colour: "edge", alpha: 0.55 };
    if (mode === "sweep") {
      if (this.#still.matches) return { colour: "ink", alpha: 0.5 };
      const distance = Math.abs(place - (((time_ms / SWEEP_MS) % 1.3) - 0.15));
      return { colour: "ink", alpha: 0.22 + 0.78 * Math.exp(-((distance / 0.09) ** 2)) };
    }
    if (mode !== "result") return { colour: "ink", alpha: 1 };
    const at_s = place * duration_s;
    const span = spans.find((each) => at_s >= each.start_s && at_s < each.end_s);
    if (!span) return { colour: "edge", alpha: 0.7 };
    const dimmed = highlight !== null && highlight !== span.emotion;
    const broken = span.emotion === "unsure";
    return { colour: broken ? "ink-faint" : span.emotion, alpha: dimmed ? 0.18 : 1, broken };
  }

  /**
   * @param {number} left
   * @param {number} width
   * @param {number} height
   */
  #playhead(left, width, height) {
    const { progress } = this.#picture;
    if (progress === null) return;
    this.context.fillStyle = this.#colour("ink");
    this.context.fillRect(left + progress * width, 0, 2, height);
  }

  /** A design token as a colour the canvas knows. @param {string} token */
  #colour(token) {
    const known = this.#colours.get(token);
    if (known) return known;
    this.canvas.style.color = `var(--${token})`;
    const colour = getComputedStyle(this.canvas).color;
    this.#colours.set(token, colour);
    return colour;
  }
}
