// The index of the site, of which it fetches the few small files that a query needs, and the ranking.
// What is in the files: digest_lib/site/search_index.py, search_part.py and search_postings.py.

import { folder, isClose } from "./search-terms.js";
import { Names, unitsOf } from "./search-query.js";

const FORM = 2; // of the files, as search_index.py has it
const SCALE = 18;
const DATE_COUNTS = { weight: 3, impact: 2 };
const NEWEST = { most: 0.12, days: 30 }; // gently
const NEWEST_OF_ALL = { most: 0.36, days: 7 }; // of what only has a name in common
const QUIET = 0.36; // a post without news is seldom what is looked for; its words count so much in the files
const ENOUGH = 0.35; // of what was asked for, an entry has at least so much
const SLOTS = 36; // numbers that a post has for its entries
const LAST = 45; // packed numbers end with a character of less
const PART = 2 ** 32; // numbers that a part has
const DAY = 86400000;

async function json(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  return answer.json();
}

// A part of the index: its entries are numbered from `first` on.
class Part {
  constructor(base, told, first) {
    Object.assign(this, told, { base, first, begins: told.files.split(" "), files: new Map(), posts: new Map() });
  }

  file(number) {
    if (!this.files.has(number)) this.files.set(number, json(new URL(`t/${number}.json`, this.base)));
    return this.files.get(number);
  }

  // Which file holds a term: the last that begins with it or before it.
  place(term) {
    let low = 0, high = this.begins.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.begins[middle] <= term) low = middle + 1;
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
    for (let at = Math.max(0, this.place(start)), last = Math.min(at + 1, this.begins.length - 1); at <= last; at++) {
      const found = Object.entries(await this.file(at)).filter(([term]) => term.startsWith(start) && term !== start);
      if (found.length) return found.map(([term, told]) => [term, unpacked(told, this.first)]);
    }
    return [];
  }

  // The post of this number: of a day's families one, the days from the newest back.
  post(number) {
    if (!this.posts.has(number)) {
      const back = Math.floor(number / this.families.length);
      const day = new Date(Date.parse(this.newest) - back * DAY).toISOString().slice(0, 10);
      const [family] = this.families[number % this.families.length];
      this.posts.set(number, { part: this, day, family, name: `${day}-${family}` });
    }
    return this.posts.get(number);
  }

  shown(post) {
    post.shown ||= json(new URL(`p/${encodeURIComponent(post.name)}.json`, this.base));
    return post.shown;
  }
}

const digit = character => character - 35 - (character > 92); // no backslash

function unpacked(told, first) {
  if (typeof told !== "string" && !Array.isArray(told)) return null;
  const [many, text] = typeof told === "string" ? [null, told] : told, found = [];
  for (let i = 0, number = first; i < text.length; i++) {
    let low = digit(text.charCodeAt(i++)), place = 1;
    for (; low >= LAST; low = digit(text.charCodeAt(i++)), place *= LAST) number += (low - LAST) * place;
    found.push([number += low * place, digit(text.charCodeAt(i))]);
  }
  return { many: many ?? found.length, found };
}

export class Index {
  static async open(root) {
    const base = new URL("search-index/", root);
    const told = await json(new URL("index.json", base));
    if (told.form !== FORM) throw new Error(`search-index: form ${told.form}, not ${FORM}`);
    return new Index(base, told);
  }

  constructor(base, told) {
    this.base = base;
    this.parts = told.parts.map((part, n) => new Part(new URL(`${part.name}/`, base), part, n * PART));
    this.many = this.parts.reduce((all, part) => all + part.entries, 0);
    this.newest = this.parts.reduce((most, part) => Math.max(most, Date.parse(part.newest)), 0);
    this.families = new Map();
    for (const part of this.parts) {
      for (const [key, name] of part.families) if (!this.families.has(key)) this.families.set(key, name);
    }
    this.fold = folder(told.characters);
    this.names = new Names(told, this.fold);
  }

  entry(number) {
    const part = this.parts[Math.floor(number / PART)], own = number - part.first;
    return { post: part.post(Math.floor(own / SLOTS)), entry: own % SLOTS };
  }

  // The vocabulary: words as written, and in how many entries each is.
  vocabulary() {
    this.words ||= json(new URL("words.json", this.base)).then(Object.entries);
    return this.words;
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

  // The entries of a day, a month or a year: number to impact. `-07-23` is that of any year.
  async dated(date) {
    this.days ||= json(new URL("days.json", this.base));
    const all = new Map();
    (await this.days).forEach((runs, n) => runs.forEach(([back, counts]) => [...counts].forEach((count, i) => {
      const part = this.parts[n], many = parseInt(count, 36), number = back * part.families.length + i;
      if (!many || !part.post(number).day.slice(date[0] === "-" ? 4 : 0).startsWith(date)) return;
      const impact = DATE_COUNTS.impact * SCALE * (many === 1 ? QUIET : 1);
      for (let entry = 0; entry < many; entry++) all.set(part.first + number * SLOTS + entry, impact);
    })));
    return all;
  }

  // What a unit finds: number to impact. Words that go on after what was typed count, less the longer they are.
  async unit(unit) {
    const all = new Map();
    const put = (found, counts) => found.forEach((impact, n) => all.set(n, Math.max(all.get(n) || 0, impact * counts)));
    if (unit.date) return this.dated(unit.date);
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
    const rare = Math.log(1 + (this.many - many + 0.5) / (many + 0.5));
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
      const { post, entry } = this.entry(n), share = had / asked;
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
    const age = Math.max(0, (this.newest - Date.parse(post.day)) / DAY);
    const general = units.every(unit => unit.date || !unit.share);
    const kind = entry === 0 ? (general ? 1.25 : 0.95) : 1;
    const { most, days } = general ? NEWEST_OF_ALL : NEWEST;
    return kind * (1 + most * Math.exp(-age / days));
  }
}
