// @ts-check
// Elements of the page's HTML, found with their type (a missing one is a mistake of ours), made and switched.

/**
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new (...args: any[]) => T} type
 * @returns {T}
 */
export function find(root, selector, type) {
  const found = root.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`no ${type.name} at ${selector}`);
  return found;
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 */
export function element(root, selector) {
  return find(root, selector, HTMLElement);
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 */
export function button(root, selector) {
  return find(root, selector, HTMLButtonElement);
}

/**
 * A new element made from `<template data-template="name">`.
 * @param {ParentNode} root
 * @param {string} name
 */
export function fromTemplate(root, name) {
  const template = find(root, `template[data-template="${name}"]`, HTMLTemplateElement);
  const copy = document.importNode(template.content, true).firstElementChild;
  if (!(copy instanceof HTMLElement)) throw new Error(`template ${name} is empty`);
  return copy;
}

/** The first heading that is seen takes the focus. @param {HTMLElement} root */
export function focusHeading(root) {
  const seen = [...root.querySelectorAll("h1")].find((each) => !each.closest("[hidden], noscript"));
  seen?.focus({ preventScroll: true });
}

/**
 * Shows one of the two pictures of a button, and says what a press does.
 * @param {HTMLElement} holder
 * @param {boolean} on
 * @param {string} whenOn
 * @param {string} whenOff
 * @param {[string, string]} labels
 */
export function switchIcon(holder, on, whenOn, whenOff, [onLabel, offLabel]) {
  element(holder, `[data-when="${whenOn}"]`).hidden = !on;
  element(holder, `[data-when="${whenOff}"]`).hidden = on;
  holder.setAttribute("aria-label", on ? onLabel : offLabel);
}
