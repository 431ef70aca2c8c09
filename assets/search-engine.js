// The index of the site, of which it fetches the few small files that a query needs, and the ranking.
// What is in the files: digest_lib/site/search_part.py.

import { distance, folder, isClose, pieces, termsOfPiece } from "./search-terms.js";
import { Names, unitsOf } from "./search-query.js";

const SCALE = 20;
const DATE_COUNTS = { weight: 3, impact: 2 };
const NEWEST = { most: 0.12, days: 30 };
const QUIET = 0.4; // a post without news is seldom what is looked for
const ENOUGH = 0.35; // of what was asked for, an entry has at least so much

async function json(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  return answer.json();
}

// A part of the index: its entries are numbered from `first` on.
class Part {
  constructor(base, head, first) {
    Object.assign(this, { base, head, first, files: new Map(), entries: [] });
    for (const [day, posts] of head.days) {
      const told = posts.split(" ");
      for (let i = 0; i < told.length; i += 2) {
        const post = { part: this, day, family: told[i], name: `${day}-${told[i]}`, many: +told[i + 1] };
        for (let entry = 0; entry < post.many; entry++) this.entries.push({ post, entry });
      }
    }
  }

  file(number) {
    if (!this.files.has(number)) this.files.set(number, json(new URL(`t/${number}.json`, this.base)));
    return this.files.get(number);
  }

  // Which file holds a term: the last that begins with it or before it.
  place(term) {
    let low = 0, high = this.head.files.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.head.files[middle] <= term) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  // The entries that have the term: how many, and [number, impact] of those that are kept.
  async term(term) {
    const at = this.place(term);
    return at < 0 ? null : unpacked((await this.file(at))[term], this.first);
  }

  // The terms that begin so, in the first file that has any.
  async beginning(start) {
    for (let at = Math.max(0, this.place(start)), last = Math.min(at + 1, this.head.files.length - 1); at <= last; at++) {
      const found = Object.entries(await this.file(at)).filter(([term]) => term.startsWith(start) && term !== start);
      if (found.length) return found.slice(0, 40).map(([term, steps]) => [term, unpacked(steps, this.first)]);
    }
    return [];
  }

  shown(post) {
    post.shown ||= json(new URL(`p/${encodeURIComponent(post.name)}.json`, this.base));
    return post.shown;
  }
}

function unpacked(steps, first) {
  if (!Array.isArray(steps)) return null;
  const found = [];
  for (let i = 1, number = first; i < steps.length; i += 2) found.push([number += steps[i], steps[i + 1]]);
  return { many: steps[0], found };
}

export class Index {
  static async open(root) {
    const base = new URL("search-index/", root);
    const told = await json(new URL("index.json", base));
    const heads = await Promise.all(told.parts.map(part => json(new URL(`${part}/part.json`, base))));
    return new Index(told, heads.map((head, n) => [new URL(`${told.parts[n]}/`, base), head]));
  }

  constructor(told, heads) {
    this.parts = [];
    this.entries = [];
    this.families = new Map();
    this.words = new Map();
    for (const [base, head] of heads) {
      const part = new Part(base, head, this.entries.length);
      this.parts.push(part);
      this.entries = this.entries.concat(part.entries);
      for (const [key, name] of Object.entries(head.families)) if (!this.families.has(key)) this.families.set(key, name);
      for (const [word, many] of Object.entries(head.words)) this.words.set(word, (this.words.get(word) || 0) + many);
    }
    this.fold = folder(heads.map(([, head]) => head.characters));
    this.names = new Names(told, heads.flatMap(([, head]) => head.mainland), this.fold);
    this.newest = Date.parse(this.entries.length ? this.entries.reduce((a, b) => (a.post.day > b.post.day ? a : b)).post.day : 0);
  }

  // Entries with a way's terms, all of them: number to impact, the least of the terms'.
  async way(terms) {
    const found = await Promise.all(terms.map(term => this.term(term)));
    return found.reduce((all, one) => new Map([...all].filter(([n]) => one.has(n)).map(([n, i]) => [n, Math.min(i, one.get(n))])));
  }

  async term(term) {
    const told = await Promise.all(this.parts.map(part => part.term(term)));
    return new Map(told.flatMap(one => (one ? one.found : [])));
  }

  // What a unit finds: number to impact. Words that go on after what was typed count, less the longer they are.
  async unit(unit) {
    const all = new Map();
    const put = (found, counts) => found.forEach((impact, n) => all.set(n, Math.max(all.get(n) || 0, impact * counts)));
    if (unit.date) {
      this.entries.forEach(({ post }, n) => {
        if (unit.date[0] === "-" ? post.day.slice(4).startsWith(unit.date) : post.day.startsWith(unit.date)) all.set(n, DATE_COUNTS.impact * SCALE);
      });
      return all;
    }
    for (const way of unit.ways) if (way.terms.length) put(await this.way(way.terms), way.counts);
    if (unit.begins && (unit.begins.length > 1 || isClose(unit.begins))) {
      const longer = (await Promise.all(this.parts.map(part => part.beginning(unit.begins)))).flat();
      for (const [term, told] of longer) put(new Map(told.found), Math.max(0.3, 1 - 0.15 * (term.length - unit.begins.length)));
    }
    return all;
  }

  // The posts that a query finds, best first, with their entries; and the units that find nothing.
  async search(query) {
    const units = unitsOf(query, this.names);
    const found = await Promise.all(units.map(unit => this.unit(unit)));
    const total = this.entries.length;
    let asked = 0;
    const scores = new Map(), had = new Map();
    units.forEach((unit, u) => {
      const rare = Math.log(1 + (total - found[u].size + 0.5) / (found[u].size + 0.5));
      // A pair of characters that nobody writes is where two words meet, more often than not.
      const weight = unit.date ? DATE_COUNTS.weight : rare * (unit.share || 1) * (unit.pair && !found[u].size ? 0.3 : 1);
      asked += weight;
      found[u].forEach((impact, n) => {
        scores.set(n, (scores.get(n) || 0) + (weight * impact) / SCALE);
        had.set(n, (had.get(n) || 0) + weight);
      });
    });
    const byPost = new Map();
    for (const [n, score] of scores) {
      const share = had.get(n) / asked;
      const { post, entry } = this.entries[n];
      const ranked = score * share ** 1.5 * this.favour(post, entry, units);
      if (!byPost.has(post)) byPost.set(post, { post, entries: [], share: 0 });
      const own = byPost.get(post);
      own.entries.push({ entry, score: ranked });
      own.share = Math.max(own.share, share);
    }
    const posts = [...byPost.values()];
    const most = Math.max(0, ...posts.map(own => own.share));
    for (const own of posts) {
      own.entries.sort((a, b) => b.score - a.score || a.entry - b.entry);
      own.score = own.entries[0].score;
    }
    const right = posts.filter(own => own.share >= Math.max(ENOUGH, most / 2));
    right.sort((a, b) => b.score - a.score || (a.post.day < b.post.day ? 1 : a.post.day > b.post.day ? -1 : a.post.family < b.post.family ? -1 : 1));
    return { posts: right, lost: units.filter((unit, u) => !found[u].size && !unit.date) };
  }

  // New counts a little more; the post itself when only a day or a name is asked for, else its stories.
  favour(post, entry, units) {
    const age = Math.max(0, (this.newest - Date.parse(post.day)) / 86400000);
    const general = units.every(unit => unit.date || !unit.share);
    const kind = entry === 0 ? (post.many === 1 ? QUIET : general ? 1.25 : 0.95) : 1;
    return kind * (1 + NEWEST.most * Math.exp(-age / NEWEST.days));
  }

  // The query with what finds nothing put right by the index's own words; null where there is no such word.
  corrected(query, lost) {
    const folded = this.fold(query);
    let changes = [];
    for (const unit of lost) {
      if (!unit.share) continue; // a known name of which there is no news
      const run = pieces(folded).find(piece => piece.at <= unit.at && unit.at < piece.at + piece.text.length);
      if (run && !changes.some(change => change.run === run.at)) {
        const change = isClose(run.text) ? this.nearName(run) : this.nearWord(run);
        if (change) changes.push({ ...change, run: run.at });
      }
    }
    changes = changes.sort((a, b) => b.at - a.at);
    const text = changes.reduce((text, { at, length, word }) => text.slice(0, at) + word + text.slice(at + length), query);
    return text === query ? null : text;
  }

  nearest(text, most, fits) {
    let best = null;
    for (const [word, many] of this.words) {
      const folded = this.fold(word);
      if (!fits(folded)) continue;
      const off = distance(text, folded, most);
      if (off && off <= most && (!best || off < best.off || (off === best.off && many > best.many))) best = { off, many, word };
    }
    return best;
  }

  nearWord({ text, at }) {
    if (text.length < 4 || /\d/.test(text)) return null;
    const near = this.nearest(text, text.length < 7 ? 1 : 2, word => /^[a-z\u00df-\u024f]+$/.test(word));
    return near && { at, length: text.length, word: near.word };
  }

  // In a run of Chinese, the stretch that comes nearest to a name.
  nearName({ text, at }) {
    let best = null;
    for (let size = 2; size <= Math.min(8, text.length); size++) {
      for (let from = 0; from + size <= text.length; from++) {
        const stretch = text.slice(from, from + size);
        const near = this.nearest(stretch, 1, word =>
          isClose(word) && (word.length > 2 ? Math.abs(word.length - size) <= 1 && size > 2 : size === 2 && (word[0] === stretch[0] || word[1] === stretch[1])));
        if (near && (!best || size > best.length)) best = { at: at + from, length: size, word: near.word };
      }
    }
    return best;
  }
}
