// The terms of what a reader types: the same as digest_lib/site/search_terms.py makes of the pages.

const PIECE = /[a-z\u00df-\u024f]+|\d+(?:\.\d+)*|[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+/g;
export const isClose = text => text >= "\u3005"; // written without spaces between words

// Folds a text to one script, lower case, half-width, no accents; as long as the text.
export function folder([from, to]) {
  const table = new Map(Array.from(from, (character, i) => [character, to[i]]));
  return text => Array.from({ length: text.length }, (_, i) => {
    const code = text.charCodeAt(i);
    if (code > 0xff00 && code < 0xff5f) return String.fromCharCode(code - 0xfee0).toLowerCase();
    if (code === 0x3000) return " ";
    const lower = text[i].toLowerCase();
    if (code >= 0xc0 && code < 0x250) return lower.normalize("NFD")[0];
    return table.get(text[i]) || (lower.length === 1 ? lower : text[i]);
  }).join("");
}

// The pieces of a folded text: words, numbers, runs of Chinese, with where they begin.
export function pieces(folded) {
  return [...folded.matchAll(PIECE)].map(match => ({ text: match[0], at: match.index }));
}

export function termsOfPiece(piece) {
  if (isClose(piece)) {
    return piece.length === 1 ? [piece] : Array.from({ length: piece.length - 1 }, (_, i) => piece.slice(i, i + 2));
  }
  return [piece.length > 3 && /[^s]s$/.test(piece) ? piece.slice(0, -1) : piece];
}

export const terms = folded => pieces(folded).flatMap(piece => termsOfPiece(piece.text));

// How many letters are wrong, left out, added, or two of them exchanged; more than `most` is not told apart.
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [], row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        next[j] = Math.min(next[j], before[j - 2] + 1);
      }
    }
    before = row;
    row = next;
  }
  return row[b.length];
}
