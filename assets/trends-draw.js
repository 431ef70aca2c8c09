// Draws what digest_lib/site/drawn draws, for other days and families: the same signs, classes and sizes.
const SVG = "http://www.w3.org/2000/svg";
const TOP = 20, BASE = 236, GAP = 17;

export function node(name, values, ...inside) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

export function tag(name, values, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(values || {})) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

const across = (part) => `${+(100 * part).toFixed(2)}%`;
const short = (value) => +value.toFixed(2);
const tick = (day) => `${+day.slice(5, 7)}/${+day.slice(8)}`;
export const number = (n) => n.toLocaleString("en");
export const sum = (values) => values.reduce((all, n) => all + (n || 0), 0);

function drawing(kind, height, about, parts) {
  const own = { class: `plot ${kind}`, width: "100%", height, role: "img", "aria-label": about };
  return node("svg", own, ...parts);
}

function text(kind, x, y, words, more) {
  return node("text", { class: kind, x: across(x), y, ...more }, words);
}

function level(kind, y) {
  return node("line", { class: kind, x1: 0, x2: "100%", y1: y, y2: y });
}

function field(y, height, wide, high, parts) {
  const box = `0 0 ${wide} ${high}`;
  const own = { x: 0, y, width: "100%", height, viewBox: box, preserveAspectRatio: "none", overflow: "visible" };
  return node("svg", own, ...parts);
}

function niceStep(most, ticks) {
  for (let size = 1; ; size *= 10) {
    for (const step of [size, 2 * size, 5 * size]) if (step * ticks >= most) return step;
  }
}

// Days below an axis: the newest, and others in even steps before it.
function ticks(days, place, y) {
  let step = Math.max(1, Math.ceil((days.length - 1) / 5));
  if (step > 3) step = 7 * Math.max(1, Math.round(step / 7));
  const parts = [];
  for (let n = days.length - 1; n >= 0; n -= step) {
    const anchor = place(n) > 0.05 ? "middle" : "start";
    parts.push(text("tick", place(n), y, tick(days[n]), { "text-anchor": anchor }));
  }
  return parts;
}

// Names keep their order and stand apart from each other.
function spread(wanted, low, high) {
  const order = wanted.map((y, n) => [y, n]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const places = [];
  let next = low;
  for (const [y, n] of order) next = (places[n] = Math.max(next, y)) + GAP;
  let most = high;
  for (const [, n] of order.reverse()) most = (places[n] = Math.min(most, places[n])) - GAP;
  return places;
}

export function placeOfLine(count) {
  return (n) => (count > 1 ? n / (count - 1) : 1);
}

export function placeOfColumn(count) {
  return (n) => (n + 0.5) / count;
}

export function lines(series, days, about) {
  const most = Math.max(1, ...series.flatMap((one) => one.values.filter((n) => n !== null)));
  const step = niceStep(most, 4), top = step * Math.ceil(most / step);
  const place = placeOfLine(days.length), last = Math.max(1, days.length - 1);
  const height = (n) => BASE - ((BASE - TOP) * n) / top;
  const parts = [];
  for (let n = 0; n <= top; n += step) {
    parts.push(level(n ? "grid" : "base", height(n)));
  }
  const paths = [], dots = [], ends = [];
  for (const one of series) {
    let steps = "", open = false, latest = -1;
    one.values.forEach((n, at) => {
      if (n === null) { open = false; return; }
      const lone = !open && (at + 1 >= one.values.length || one.values[at + 1] === null);
      if (lone) dots.push([one, at, n]);
      else steps += `${open ? "L" : "M"}${at} ${short(top - n)}`;
      open = true;
      latest = at;
    });
    if (latest < 0) continue;
    paths.unshift(node("path", { class: `line ${one.look}`, d: steps, "vector-effect": "non-scaling-stroke" }));
    dots.push([one, latest, one.values[latest]]);
    ends.push([one, one.values[latest]]);
  }
  parts.push(...ticks(days, place, BASE + 20), field(TOP, BASE - TOP, last, top, paths));
  for (const [one, at, n] of dots) {
    parts.push(node("circle", { class: `dot ${one.look}`, cx: across(place(at)), cy: height(n), r: 4 }));
  }
  for (let n = step; n <= top; n += step) parts.push(text("tick", 0, height(n) - 4, number(n)));
  const places = spread(ends.map(([, n]) => height(n)), TOP, BASE);
  ends.forEach(([one, n], at) => {
    const own = { class: `name ${one.look}`, x: "100%", y: short(places[at] + 4), dx: 10 };
    parts.push(node("text", own, `${one.name} `, node("tspan", {}, number(n))));
  });
  return drawing("lines", 270, about, parts);
}

export function stacks(series, days, about) {
  const count = days.length, below = new Array(count).fill(0);
  const sums = days.map((_, at) => sum(series.map((one) => one.values[at])));
  const paths = series.map((one) => {
    let steps = "";
    sums.forEach((all, at) => {
      const part = all ? (100 * (one.values[at] || 0)) / all : 0;
      if (!part) return;
      steps += `M${short(at + 0.07)} ${short(100 - below[at] - part)}h0.86v${short(part)}h-0.86z`;
      below[at] += part;
    });
    return node("path", { class: `area ${one.look}`, d: steps });
  });
  const parts = [field(8, 192, count, 100, paths), level("grid", 104), level("base", 200)];
  return drawing(wide("stacks", days), 230, about, [...parts, ...ticks(days, placeOfColumn(count), 220)]);
}

// Columns of a few days are not stretched over a page.
function wide(kind, days) {
  return days.length < 8 ? `${kind} few` : kind;
}

export function legend(series) {
  const sums = series.map((one) => sum(one.values)), whole = Math.max(1, sum(sums));
  const items = series.map((one, at) => tag(
    "li", {}, tag("span", { class: `swatch ${one.look}` }), `${one.name} `,
    tag("b", {}, `${Math.round((100 * sums[at]) / whole)}%`),
  ));
  return tag("ul", { class: "legend" }, ...items);
}

function bars(values, height, most) {
  const count = Math.max(1, values.length), parts = [];
  values.forEach((n, at) => {
    if (n === null) return;
    const tall = Math.max(1.5, (height * n) / most);
    const kind = at === count - 1 ? "bar now" : "bar";
    parts.push(node("rect", {
      class: kind, x: across((at + 0.1) / count), y: short(height - tall), width: across(0.8 / count),
      height: short(tall),
    }));
  });
  return parts;
}

// The highest column by its number, above the newest that is as high: on a shared scale, low ones are told by it.
function peak(values, height, most) {
  const high = Math.max(0, ...values), at = values.lastIndexOf(high), middle = (at + 0.5) / values.length;
  if (!high) return [];
  const [x, anchor] = middle < 0.05 ? [0, "start"] : middle > 0.95 ? [1, "end"] : [middle, "middle"];
  const y = short(height - Math.max(1.5, (height * high) / most) - 4);
  return [text("count", x, y, number(high), { "text-anchor": anchor })];
}

export function columns(values, days, height, about, look, most) {
  const parts = [...bars(values, height, most), ...peak(values, height, most)];
  if (days.length > 1) parts.push(text("tick", 0, height + 17, tick(days[0])));
  parts.push(text("tick", 1, height + 17, tick(days[days.length - 1]), { "text-anchor": "end" }));
  return drawing(look ? `columns ${look}` : wide("columns", days), height + 22, about, parts);
}

// Two of one scale on top of each other: all, and those of them that were withheld.
export function checked(all, held, days, height, about) {
  const most = Math.max(1, ...all), some = held.map((n) => n || null);
  const picture = columns([], days, height, about, "", most);
  picture.prepend(node("g", { class: "said" }, ...bars(all, height, most)),
    node("g", { class: "held" }, ...bars(some, height, most)));
  return picture;
}

// A line that marks a day.
export function mark(picture, part) {
  picture.querySelectorAll(".guide").forEach((old) => old.remove());
  const bottom = +picture.getAttribute("height") - 30;
  picture.append(node("line", { class: "guide", x1: across(part), x2: across(part), y1: 0, y2: bottom }));
}
