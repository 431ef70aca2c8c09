// What was meant: a query with what finds nothing put right by the index's own words.

import { distance, isClose, pieces } from "./search-terms.js";

// The query put right, or null where there is nothing like it; `lost` are the units that found nothing.
export async function corrected(index, query, lost) {
  const runs = pieces(index.fold(query)), changes = new Map();
  for (const unit of lost) {
    if (!unit.share) continue; // a known name of which there is no news
    const run = runs.find(piece => piece.at <= unit.at && unit.at < piece.at + piece.text.length);
    if (!run || changes.has(run.at)) continue;
    const words = await index.vocabulary();
    const change = isClose(run.text) ? nearName(index, words, run) || (await nearRun(index, run, lost)) : nearWord(index, words, run);
    if (change) changes.set(run.at, change);
  }
  const told = [...changes.values()].sort((a, b) => b.at - a.at);
  const text = told.reduce((text, { at, length, word }) => text.slice(0, at) + word + text.slice(at + length), query);
  return text === query ? null : text;
}

// The query without the words that nothing has, and those words; null where nothing or everything is left.
export function withoutLost(index, query, lost) {
  const gone = new Set();
  let rest = query;
  for (const { text, at } of pieces(index.fold(query))) {
    const own = lost.filter(unit => unit.at < at + text.length && at < unit.at + unit.text.length);
    const whole = own.some(unit => !unit.share) || own.length >= Math.max(1, isClose(text) ? text.length - 1 : 1);
    if (!own.length || !whole) continue;
    gone.add(query.slice(at, at + text.length));
    rest = rest.slice(0, at) + " ".repeat(text.length) + rest.slice(at + text.length);
  }
  rest = rest.replace(/\s+/g, " ").trim();
  return gone.size && pieces(index.fold(rest)).length ? { rest, gone: [...gone] } : null;
}

// The word of the vocabulary that fits and is fewest slips away, at most `most`; of these the one most written.
function nearest(index, words, text, most, fits) {
  let best = null;
  for (const [word, many] of words) {
    const folded = index.fold(word);
    if (!fits(folded)) continue;
    const off = distance(text, folded, most);
    const nearer = off && off <= most && (!best || off < best.off || (off === best.off && many > best.many));
    if (nearer) best = { off, many, word };
  }
  return best;
}

function nearWord(index, words, { text, at }) {
  if (text.length < 4 || /\d/.test(text)) return null;
  const near = nearest(index, words, text, text.length < 7 ? 1 : 2, word => /^[a-z\u00df-\u024f]+$/.test(word));
  return near && { at, length: text.length, word: near.word };
}

// In a run of Chinese, the longest stretch that is nearly a name; of two characters one must be right.
function nearName(index, words, { text, at }) {
  for (let size = Math.min(8, text.length); size >= 2; size--) {
    for (let from = 0; from + size <= text.length; from++) {
      const stretch = text.slice(from, from + size);
      const near = nearest(index, words, stretch, 1, word => isClose(word) && (size > 2
        ? word.length > 2
        : word.length === 2 && (word[0] === stretch[0] || word[1] === stretch[1])));
      if (near) return { at: at + from, length: size, word: near.word };
    }
  }
  return null;
}

// One wrong character between two right ones leaves two pairs that nobody writes: 主勸雲 for 主權雲.
async function nearRun(index, { text, at }, lost) {
  const gone = new Set(lost.map(unit => unit.pair && unit.ways[0].terms[0]));
  for (let i = 0; i + 2 < text.length; i++) {
    if (!gone.has(text.slice(i, i + 2)) || !gone.has(text.slice(i + 1, i + 3))) continue;
    const begun = (await Promise.all(index.parts.map(part => part.beginning(text[i])))).flat();
    const likely = begun.filter(([term]) => term.length === 2).sort((a, b) => b[1].many - a[1].many).slice(0, 30);
    const ends = await Promise.all(likely.map(([term]) => index.term(term[1] + text[i + 2])));
    const best = likely.map(([term], n) => ({ word: term + text[i + 2], many: ends[n].size }))
      .reduce((best, one) => (one.many > best.many ? one : best), { many: 0 });
    if (best.many) return { at: at + i, length: 3, word: await asWritten(index, best.word) };
  }
  return null;
}

// A word of the index as its pages write it, which is not the script that texts are compared in.
async function asWritten(index, word) {
  for (const { post } of (await index.search(word)).posts.slice(0, 3)) {
    for (const [, title, text] of await post.part.shown(post)) {
      const whole = `${title} ${text}`, at = index.fold(whole).indexOf(word);
      if (at >= 0) return whole.slice(at, at + word.length);
    }
  }
  return word;
}
