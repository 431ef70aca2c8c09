// The page of trends lets readers choose families and days, and look at one day. The page says all of it
// without this, for the days that it was made for; the numbers here are those of its data files.
import {
  checked, columns, legend, lines, mark, number, placeOfColumn, placeOfLine, stacks, sum, tag,
} from "./trends-draw.js";

const PUBLISHERS = 12, LANGUAGES = 4, LOOKS = 8;
const NONE = "這段期間沒有報導";
const figures = {};
document.querySelectorAll("main figure[data-part]").forEach((one) => { figures[one.dataset.part] = one; });
const choices = document.getElementById("trend-choices");
const spoken = (day) => `${+day.slice(5, 7)} 月 ${+day.slice(8)} 日`;

async function rows(part) {
  const answer = await fetch(figures[part].querySelector("a.csv").href);
  if (!answer.ok) throw new Error(answer.status);
  return parsed(await answer.text());
}

function parsed(text) {
  const found = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    found[found.length - 1].push(quoted === undefined ? plain : quoted.replace(/""/g, '"'));
    if (end === "\n") found.push([]);
    if (end === "") break;
  }
  return found.filter((row) => row.length > 1);
}

// Long rows (day, key, …, number) as day -> key -> number.
function byDay(told) {
  const days = new Map();
  for (const [day, key, ...more] of told) {
    if (!days.has(day)) days.set(day, new Map());
    days.get(day).set(key, +more[more.length - 1]);
  }
  return days;
}

function ranked(days, counted) {
  const all = new Map();
  for (const day of days) for (const [key, n] of counted.get(day) || []) all.set(key, (all.get(key) || 0) + n);
  return [...all].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function values(days, counted, count) {
  return days.map((day) => (counted.has(day) ? count(counted.get(day)) : null));
}

function showTable(part, heads, body) {
  const table = figures[part].querySelector("table");
  const cell = (value) => (value === null ? "—" : typeof value === "number" ? number(value) : value);
  table.tHead.replaceChildren(tag("tr", {}, ...heads.map((name) => tag("th", { scope: "col" }, name))));
  table.tBodies[0].replaceChildren(...body.map(([first, ...others]) => tag(
    "tr", {}, tag("th", { scope: "row" }, dated(first)), ...others.map((value) => tag("td", {}, cell(value))),
  )));
}

// A day is not broken into two lines.
function dated(text) {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? tag("time", { datetime: text }, text) : text;
}

// A row a day, a column a series.
function showByDay(part, series, days, value = (one, at) => one.values[at]) {
  showTable(part, ["日期", ...series.map((one) => one.name)],
    days.map((day, at) => [day, ...series.map((one) => value(one, at))]));
}

function say(part, finding, days) {
  figures[part].querySelector(".finding").textContent = finding;
  const measure = figures[part].querySelector(".measure");
  measure.dataset.all ||= measure.textContent.replace(/，[^，]*$/, "");
  const span = days.length > 1 ? `${spoken(days[0])}至 ${spoken(days[days.length - 1])}` : spoken(days[0]);
  measure.textContent = `${measure.dataset.all}，${span}`;
}

// One day of a chart: with the keyboard by a slider, with a pointer on the chart itself.
function readable(part, days, place, read) {
  if (days.length < 2) return;
  const shown = figures[part].querySelector(".shown"), picture = shown.querySelector("svg.plot");
  const slider = tag("input", { type: "range", min: 0, max: days.length - 1, value: days.length - 1 });
  const output = tag("span", { class: "read" });
  const show = (at, marked) => {
    slider.value = at;
    output.textContent = `${spoken(days[at])}：${read(at)}`;
    slider.setAttribute("aria-valuetext", output.textContent);
    if (marked) mark(picture, place(at));
  };
  slider.addEventListener("input", () => show(+slider.value, true));
  picture.addEventListener("pointermove", (event) => {
    const box = picture.getBoundingClientRect(), part = (event.clientX - box.left) / box.width;
    let near = 0;
    for (let at = 1; at < days.length; at += 1) {
      if (Math.abs(place(at) - part) < Math.abs(place(near) - part)) near = at;
    }
    show(near, true);
  });
  show(days.length - 1, false);
  shown.append(tag("label", { class: "reader" }, tag("span", {}, "逐日"), slider, output));
}

// Whoever has the highest number; several names in a sentence.
function leading(totals) {
  const most = Math.max(...totals.map(([, n]) => n));
  return totals.filter(([, n]) => n === most).map(([name]) => name);
}

function listing(names) {
  return names.length > 3 ? `${beside(names.slice(0, 3).join("、"))}等 ${names.length} 家` : names.join("、");
}

// A name before Chinese: a Latin one is set apart by a blank.
function beside(name) {
  return /[\u3040-\u9fff]$/.test(name) ? name : `${name} `;
}

function listed(series, at) {
  const known = series.filter((one) => one.values[at] !== null && one.values[at] !== undefined);
  if (!known.length) return "沒有資料";
  return known.map((one) => `${one.name} ${number(one.values[at])}`).join("、");
}

function showReports(series, days) {
  const order = [...series].sort((a, b) => sum(b.values) - sum(a.values));
  const [first, second] = order;
  let finding = NONE;
  const most = sum(first.values), level = leading(series.map((one) => [one.name, sum(one.values)]));
  if (most && level.length > 1) {
    finding = `${beside(listing(level))}報導最多：${days.length} 天各 ${number(most)} 篇`;
  } else if (most) {
    finding = `${beside(first.name)}報導最多：${days.length} 天共 ${number(most)} 篇`;
    if (second && sum(second.values)) finding += `，其次 ${beside(second.name)}${number(sum(second.values))} 篇`;
  }
  say("reports", finding, days);
  figures.reports.querySelector(".shown").replaceChildren(lines(series, days, finding));
  readable("reports", days, placeOfLine(days.length), (at) => listed(series, at));
  small("reports", series, days);
  showByDay("reports", series, days);
}

function small(part, series, days) {
  const most = Math.max(1, ...series.flatMap((one) => one.values.filter((n) => n !== null)));
  figures[part].querySelector(".multiples").replaceChildren(...series.map((one) => {
    const known = one.values.filter((n) => n !== null);
    const said = `共 ${number(sum(known))} 篇，單日最多 ${number(Math.max(0, ...known))} 篇`;
    return tag("li", {}, tag("p", { class: "name" }, one.name),
      columns(one.values, days, 44, `${one.name}：${said}`, one.look, most), tag("p", { class: "counts" }, said));
  }));
}

function showShare(series, days) {
  const whole = sum(series.map((one) => sum(one.values)));
  const totals = series.map((one) => [one.name, sum(one.values)]), first = leading(totals);
  const part = whole ? Math.round((100 * Math.max(...totals.map(([, n]) => n))) / whole) : 0;
  const each = first.length > 1 ? "各占" : "占";
  const finding = whole ? `${beside(listing(first))}${each} ${days.length} 天報導的 ${part}%` : NONE;
  stacked("share", series, days, finding);
  const percent = (at) => {
    const all = sum(series.map((one) => one.values[at]));
    return (n) => (n === null || n === undefined || !all ? null : `${Math.round((100 * n) / all)}%`);
  };
  showByDay("share", series, days, (one, at) => percent(at)(one.values[at]));
}

function stacked(part, series, days, finding) {
  say(part, finding, days);
  figures[part].querySelector(".shown").replaceChildren(legend(series), stacks(series, days, finding));
  readable(part, days, placeOfColumn(days.length), (at) => listed(series, at));
}

function showLanguages(counted, names, days) {
  const order = ranked(days, counted);
  if (!order.length) return;
  const codes = order.slice(0, LANGUAGES).map(([code]) => code);
  const series = codes.map((code, at) => ({
    name: names.get(code), look: `l${at + 1}`, values: values(days, counted, (row) => row.get(code) || 0),
  }));
  if (order.length > codes.length) {
    const rest = (row) => sum([...row].filter(([code]) => !codes.includes(code)).map(([, n]) => n));
    series.push({ name: "其他", look: "l0", values: values(days, counted, rest) });
  }
  const share = Math.round((100 * order[0][1]) / sum(order.map(([, n]) => n)));
  const first = leading(order).map((code) => names.get(code));
  stacked("languages", series, days, `${listing(first)}最多，${first.length > 1 ? "各占" : "占"} ${share}%；共 ${order.length} 種語言`);
  showByDay("languages", series, days);
}

function showChecks(counted, days) {
  const known = days.filter((day) => counted.has(day)).map((day) => counted.get(day));
  const all = sum(known.map(([n]) => n)), withheld = sum(known.map(([, n]) => n));
  const rate = all ? ((100 * withheld) / all).toFixed(1) : "0";
  const finding = `查核 ${number(all)} 句，撤下 ${number(withheld)} 句（${rate}%）`;
  say("checks", finding, days);
  const [said, held] = [0, 1].map((at) => days.map((day) => (counted.has(day) ? counted.get(day)[at] : null)));
  figures.checks.querySelector(".shown").replaceChildren(checked(said, held, days, 120, finding));
  readable("checks", days, placeOfColumn(days.length), (at) => {
    const told = counted.get(days[at]);
    return told ? `查核 ${number(told[0])} 句，撤下 ${number(told[1])} 句` : "沒有文章";
  });
  showTable("checks", ["日期", "查核（句）", "撤下（句）"],
    days.map((day) => [day, ...(counted.get(day) || [null, null])]));
}

function showPublishers(counted, days) {
  const order = ranked(days, counted);
  if (!order.length) return;
  const share = Math.round((100 * order[0][1]) / sum(order.map(([, n]) => n)));
  const first = leading(order), n = order[0][1], each = first.length > 1 ? "各" : "";
  say("publishers", `${order.length} 家出版者裡，${beside(listing(first))}最多：${each && `${each} `}${number(n)} 篇，${each}占 ${share}%`, days);
  const series = order.slice(0, PUBLISHERS).map(([by], at) => ({
    name: by, look: `p${at}`, values: values(days, counted, (row) => row.get(by) || 0),
  }));
  small("publishers", series, days);
  const rest = order.length - series.length;
  figures.publishers.querySelector(".chart-note").textContent =
    `各圖縱軸相同，數字標在最多的一天。${rest > 0 ? `另有 ${rest} 家，見資料。` : ""}`;
  showTable("publishers", ["出版者", "報導（篇）"], order);
}

function choose(name, type, value, words, checked) {
  const input = tag("input", { type, name, value });
  input.checked = checked;
  return tag("label", {}, input, tag("span", {}, words));
}

async function start() {
  const [heads, ...counts] = await rows("reports");
  const names = heads.slice(1), days = counts.map(([day]) => day);
  const all = names.map((name, at) => ({
    name, look: `c${1 + (at % LOOKS)}`, values: counts.map((row) => (row[at + 1] === "" ? null : +row[at + 1])),
  })).filter((one) => one.values.some((n) => n !== null));
  const spokenRows = (await rows("languages")).slice(1);
  const languages = byDay(spokenRows), languageNames = new Map(spokenRows.map(([, code, name]) => [code, name]));
  const checks = new Map((await rows("checks")).slice(1).map(([day, a, w]) => [day, [+a, +w]]));
  let publishers = null;

  const wanted = new URLSearchParams(location.hash.slice(1));
  const asked = wanted.get("days"), few = (wanted.get("models") || "").split(",").filter(Boolean);
  const spans = [7, 30, 90].filter((n) => n < days.length).map((n) => [String(n), `${n} 天`]);
  spans.push(["all", spans.length ? `全部 ${days.length} 天` : `${days.length} 天`]);
  const usual = days.length > 30 ? "30" : "all";
  const chosen = spans.some(([value]) => value === asked) ? asked : usual;
  const form = tag("form", { class: "choices", "aria-label": "選擇要看的模型與期間" },
    tag("fieldset", {}, tag("legend", {}, "模型"), ...all.map((one) => {
      const made = choose("model", "checkbox", one.name, one.name, !few.length || few.includes(one.name));
      made.prepend(tag("span", { class: `swatch ${one.look}` }));
      return made;
    })),
    tag("fieldset", {}, tag("legend", {}, "期間"),
      ...spans.map(([value, words]) => choose("days", "radio", value, words, value === chosen))));
  const status = tag("p", { class: "unseen", role: "status" });
  choices.append(form, tag("p", { class: "chart-note" }, "模型的選擇用於前兩張圖；期間用於每一張。"), status);

  async function show(told) {
    const span = form.elements.days.value;
    const cut = span === "all" ? 0 : Math.max(0, days.length - span);
    const own = days.slice(cut);
    let series = all.filter((one) => [...form.querySelectorAll("[name=model]:checked")].some((i) => i.value === one.name));
    if (!series.length) series = all;
    series = series.map((one) => ({ ...one, values: one.values.slice(cut) }));
    showReports(series, own);
    showShare(series, own);
    const first = [...checks.keys()].sort()[0];
    const posted = own.filter((day) => first && day >= first);
    if (posted.length) {
      showLanguages(languages, languageNames, posted);
      showChecks(checks, posted);
    }
    if (told) {
      const names = series.map((one) => one.name).join("、");
      status.textContent = `顯示 ${names}，${spoken(own[0])}至 ${spoken(own[own.length - 1])}`;
      const kept = new URLSearchParams();
      if (span !== usual) kept.set("days", span);
      if (series.length < all.length) kept.set("models", series.map((one) => one.name).join(","));
      history.replaceState(null, "", kept.size ? `#${kept}` : location.pathname);
    }
    if (posted.length && (span !== usual || publishers)) {
      publishers ||= byDay((await rows("publishers")).slice(1)); // the largest: fetched when it is needed
      if (form.elements.days.value === span) showPublishers(publishers, posted);
    }
  }
  form.addEventListener("change", () => show(true));
  form.addEventListener("submit", (event) => event.preventDefault());
  await show(false);
}

// Without its data files, as on a disk, the page stays as it was made.
if (choices && figures.reports) start().catch(() => choices.replaceChildren());
