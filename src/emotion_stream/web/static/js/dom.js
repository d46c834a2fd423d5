// @ts-check
// Elements the page's HTML promises, found with their type; a missing one is a mistake of ours.

/**
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new (...args: any[]) => T} type
 * @returns {T}
 */
export function find(root, selector, type) {
  const element = root.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`no ${type.name} at ${selector}`);
  return element;
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 */
export function part(root, selector) {
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
