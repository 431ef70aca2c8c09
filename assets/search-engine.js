// The index of the site, of which it fetches the few small files that a query needs, and the ranking.
// What is in the files: digest_lib/site/search_part.py.

import { folder, isClose } from "./search-terms.js";
import { Names, unitsOf } from "./search-query.js";

const SCALE = 20;
const DATE_COUNTS = { weight: 3, impact: 2 };
const NEWEST = { most: 0.12, days: 30 }; // gently
const NEWEST_OF_ALL = { most: 0.36, days: 7 }; // of what only has a name in common
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
    for (const [day, counts] of head.days) {
      head.families.forEach(([family], n) => {
        const post = { part: this, day, family, name: `${day}-${family}`, many: parseInt(counts[n], 36) };
        for (let entry = 0; entry < post.many; entry++) this.entries.push({ post, entry });
      });
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

  // The terms that begin so, in the first file that has any, with their entries.
  async beginning(start) {
    for (let at = Math.max(0, this.place(start)), last = Math.min(at + 1, this.head.files.length - 1); at <= last; at++) {
      const found = Object.entries(await this.file(at)).filter(([term]) => term.startsWith(start) && term !== start);
      if (found.length) return found.map(([term, steps]) => [term, unpacked(steps, this.first)]);
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
      for (const [key, name] of head.families) if (!this.families.has(key)) this.families.set(key, name);
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
    const posts = this.ranked(units, found, units.map((unit, u) => this.weight(unit, found[u].size)));
    return { posts, lost: units.filter((unit, u) => !found[u].size && !unit.date) };
  }

  // What having a unit counts: more the rarer it is.
  weight(unit, many) {
    if (unit.date) return DATE_COUNTS.weight;
    const rare = Math.log(1 + (this.entries.length - many + 0.5) / (many + 0.5));
    // A pair of characters that nobody writes is where two words meet, more often than not.
    return rare * (unit.share || 1) * (unit.pair && !many ? 0.3 : 1);
  }

  ranked(units, found, weights) {
    const asked = weights.reduce((all, weight) => all + weight, 0);
    const scores = new Map(), byPost = new Map();
    found.forEach((one, u) => one.forEach((impact, n) => {
      const own = scores.get(n) || { score: 0, had: 0 };
      own.score += weights[u] * impact / SCALE;
      own.had += weights[u];
      scores.set(n, own);
    }));
    for (const [n, { score, had }] of scores) {
      const { post, entry } = this.entries[n], share = had / asked;
      const own = byPost.get(post) || { post, entries: [], share: 0 };
      own.entries.push({ entry, score: score * share ** 1.5 * this.favour(post, entry, units) });
      own.share = Math.max(own.share, share);
      byPost.set(post, own);
    }
    const posts = [...byPost.values()];
    const enough = Math.max(ENOUGH, posts.reduce((most, own) => Math.max(most, own.share), 0) / 2);
    for (const own of posts) own.score = own.entries.sort((a, b) => b.score - a.score || a.entry - b.entry)[0].score;
    const order = (a, b) => (a > b) - (a < b);
    return posts.filter(own => own.share >= enough).sort((a, b) =>
      b.score - a.score || order(b.post.day, a.post.day) || order(a.post.family, b.post.family));
  }

  // New counts a little more; the post itself when only a day or a name is asked for, else its stories.
  favour(post, entry, units) {
    const age = Math.max(0, (this.newest - Date.parse(post.day)) / 86400000);
    const general = units.every(unit => unit.date || !unit.share);
    const kind = entry === 0 ? (post.many === 1 ? QUIET : general ? 1.25 : 0.95) : 1;
    const { most, days } = general ? NEWEST_OF_ALL : NEWEST;
    return kind * (1 + most * Math.exp(-age / days));
  }
}
