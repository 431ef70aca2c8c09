// What a reader types, into units that an entry has or has not: dates, names in any spelling, words, Chinese.

import { isClose, pieces, terms, termsOfPiece } from "./search-terms.js";

const DATES = [
  [/(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?/g, (y, m, d) => `${y}-${two(m)}-${two(d)}`],
  [/(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)/g, (y, m, d) => `${y}-${m}-${d}`],
  [/(20\d\d)\s*[-/年]\s*(\d{1,2})\s*月?(?!\d)/g, (y, m) => `${y}-${two(m)}-`],
  [/(?<!\d)(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?(?!\d)/g, (m, d) => `-${two(m)}-${two(d)}`],
  [/(?<![\d.])(\d{1,2})[-/](\d{1,2})(?![\d.])/g, (m, d) => `-${two(m)}-${two(d)}`],
  [/(?<!\d)(\d{1,2})\s*月(?!\d)/g, m => `-${two(m)}-`],
  [/(20\d\d)\s*年/g, y => `${y}-`]
];
const two = number => String(number).padStart(2, "0");
const possible = date => {
  const [, , month, day] = date.match(/^(\d*)-?(\d\d)?-?(\d\d)?/);
  return (!month || (+month > 0 && +month < 13)) && (!day || (+day > 0 && +day < 32));
};

// Names as groups of spellings, each with what finding one counts when another is asked for.
export class Names {
  constructor(index, fold) {
    this.fold = fold;
    this.byName = new Map();
    for (const names of index.names) this.add(names, () => 0.9);
    for (const pair of index.mainland) this.add(pair, () => 0.95);
    for (const [name, ...aliases] of index.families) this.addFamily(fold(name), aliases.map(fold));
    this.longest = [...this.byName.keys()].sort((a, b) => b.length - a.length);
  }

  add(names, counts) {
    const folded = names.map(this.fold);
    for (const asked of folded) {
      const others = this.byName.get(asked) || new Map([[asked, 1]]);
      for (const other of folded) {
        if (other !== asked) others.set(other, Math.max(others.get(other) || 0, counts(asked, other)));
      }
      this.byName.set(asked, others);
    }
  }

  // An alias in another script is the family's name in that script. Others are its maker and its products: who
  // asks for these is shown the family, too, but not the other way round. A person is known to the glossary.
  addFamily(name, aliases) {
    const others = aliases.filter(alias => isClose(alias) !== isClose(name) && !this.byName.has(alias));
    this.add([name, ...others], () => 0.9);
    for (const alias of aliases) {
      const known = this.byName.get(alias) || new Map([[alias, 1]]);
      if (!known.has(name)) this.byName.set(alias, new Map([...known, [name, 0.3]]));
    }
  }

  // Where names stand in the folded text, the longest first; taken parts are blanked.
  take(text) {
    const units = [];
    for (const name of this.longest) {
      for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
        const whole = /[a-z]/.test(name[0]) ? !/[a-z]/.test(text[at - 1] || " ") : true;
        const ends = /[a-z]$/.test(name) ? !/[a-z]/.test(text[at + name.length] || " ") : true;
        if (!whole || !ends) continue;
        const ways = [...this.byName.get(name)].map(([other, counts]) => ({ terms: terms(other), counts }));
        units.push({ ways, text: name, at });
        text = blanked(text, at, name.length);
      }
    }
    return [units, text];
  }
}

const blanked = (text, at, length) => text.slice(0, at) + " ".repeat(length) + text.slice(at + length);

function takeDates(text) {
  const units = [];
  for (const [pattern, date] of DATES) {
    text = text.replace(pattern, (whole, ...groups) => {
      const found = date(...groups);
      if (!possible(found)) return whole;
      units.push({ date: found });
      return " ".repeat(whole.length);
    });
  }
  return [units, text];
}

// The units of a query, as it was typed: `ways` are alternatives, each of terms that must all be there.
export function unitsOf(query, names) {
  const [dates, rest] = takeDates(names.fold(query));
  const [named, left] = names.take(rest);
  const units = [...dates, ...named];
  for (const piece of pieces(left)) {
    const found = termsOfPiece(piece.text);
    const share = 1 / Math.sqrt(found.length);
    for (const term of found) {
      units.push({
        ways: [{ terms: [term], counts: 1 }], share, at: piece.at,
        text: piece.text, pair: found.length > 1, begins: !isClose(term) || term.length === 1 ? term : ""
      });
    }
  }
  return units;
}
