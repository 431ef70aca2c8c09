// What of a result is what was asked for. All of it is text: nothing of the index is ever read as HTML.

import { pieces, termsOfPiece } from "./search-terms.js";
import { unitsOf } from "./search-query.js";

export function made(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// What is marked in results: the terms of every unit.
export function marks(told, query) {
  const same = unit => (unit.ways || []).filter(way => way.counts > 0.5); // other spellings, not products
  const words = new Set(unitsOf(query, told.names).flatMap(unit => same(unit).flatMap(way => way.terms)));
  return { fold: told.fold, words };
}

// A text with what was asked for marked; of a long one the stretch that has most of it.
export function marked(text, { fold, words }, most = text.length) {
  const hit = new Uint8Array(text.length);
  for (const piece of pieces(fold(text))) {
    const terms = termsOfPiece(piece.text);
    terms.forEach((term, n) => {
      if (words.has(term)) hit.fill(1, piece.at + (terms.length > 1 ? n : 0), piece.at + (terms.length > 1 ? n + 2 : piece.text.length));
    });
  }
  let from = 0;
  if (text.length > most) {
    for (let at = 0, sum = hit.slice(0, most).reduce((a, b) => a + b, 0), best = sum; at + most < text.length; at++) {
      sum += hit[at + most] - hit[at];
      if (sum > best) [best, from] = [sum, at + 1];
    }
    const stop = text.lastIndexOf("。", from + 20);
    if (from && stop >= from - 30) from = stop + 1;
    else if (from) from = Math.max(0, from - 8);
  }
  const to = Math.min(text.length, from + most);
  const whole = document.createDocumentFragment();
  if (from) whole.append("…");
  for (let at = from, end; at < to; at = end) {
    for (end = at + 1; end < to && hit[end] === hit[at];) end++;
    whole.append(hit[at] ? made("mark", {}, text.slice(at, end)) : text.slice(at, end));
  }
  if (to < text.length) whole.append("…");
  return whole;
}

const WORD = /^[\u3400-\u9fff]{2,6}$/;

// A title whose lines break between words, where the browser knows Chinese words; else as it is.
export function titled(text, words) {
  const shown = marked(text, words);
  if (!window.Intl || !Intl.Segmenter) return shown;
  const nodes = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT), found = [];
  while (nodes.nextNode()) found.push(nodes.currentNode);
  const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
  for (const node of found) {
    const parts = [""];
    for (const { segment } of segmenter.segment(node.data)) {
      if (WORD.test(segment)) parts.push(made("span", { class: "one-word" }, segment), "");
      else parts[parts.length - 1] += segment;
    }
    node.replaceWith(...parts.filter(part => part !== ""));
  }
  return shown;
}
