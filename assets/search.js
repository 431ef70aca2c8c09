// The search page: what is asked stands in the address (?q=, family=, month=, exact=), so that a search can be
// linked to and the back button works. What comes out of the index is text, and is shown as text alone.

import { Index } from "./search-engine.js";
import { corrected, withoutLost } from "./search-suggest.js";
import { made, marked, marks, titled } from "./search-marks.js";

const root = new URL("..", import.meta.url);
const box = document.getElementById("search");
const note = document.getElementById("search-note");
const STEP = 10;
const EXCERPT = 110;
const ALSO = { most: 3, least: 0.4 };
const PAUSE = 250;

const input = made("input", {
  type: "text", name: "q", id: "search-text", "aria-label": "搜尋本站", enterkeyhint: "search", autocomplete: "off",
  spellcheck: "false", maxlength: "200", placeholder: "關鍵字、名稱或日期，例如：開源模型"
});
const form = made("form", { role: "search", class: "search-form" }, input, made("button", { type: "submit" }, "搜尋"));
const said = made("p", { id: "search-count", role: "status", class: "search-said" });
const list = made("ol", { class: "results" });
const more = made("button", { type: "button", class: "more" }, "更多結果");
const families = made("div", { class: "chips", role: "group", "aria-label": "模型" });
const month = made("select", { id: "search-month" });
const filters = made("details", { class: "filters" }, made("summary", {}, "篩選"),
  made("p", { class: "filter-name" }, "模型"), families,
  made("p", { class: "filter-name" }, made("label", { for: "search-month" }, "月份")), month);
const columns = made("div", { class: "search-columns" }, made("div", {}, list, more), filters);

const hint = made("p", { class: "search-hint" }, "繁體、簡體、名稱的其他寫法（千問、英偉達）和日期（7月23日）都可以。也可以依",
  made("a", { href: new URL("months/index.html", root).href }, "月份"), "或",
  made("a", { href: new URL("families/index.html", root).href }, "模型"), "瀏覽。");
const title = document.title;
let index = null, turn = 0, shown = null;

function state() {
  const told = new URLSearchParams(location.search);
  return {
    q: (told.get("q") || "").slice(0, 200), month: told.get("month") || "", exact: told.has("exact"),
    family: (told.get("family") || "").split(",").filter(Boolean)
  };
}

function address({ q, family, month, exact }) {
  const told = new URLSearchParams();
  if (q) told.set("q", q);
  if (family.length) told.set("family", family.join(","));
  if (month) told.set("month", month);
  if (exact) told.set("exact", "1");
  return `${location.pathname}${told.size ? `?${told}` : ""}`;
}

// Keeps a state in the address; typing changes the address that is there, all else makes a new one.
function go(next, { typing = false } = {}) {
  const to = address(next);
  if (to !== location.pathname + location.search) history[typing ? "replaceState" : "pushState"](null, "", to);
  run();
}

async function run() {
  const asked = state(), mine = ++turn;
  const query = asked.q.normalize("NFC").trim();
  if (input.value.trim() !== asked.q.trim()) input.value = asked.q;
  document.title = query ? `${query}｜${title}` : title;
  try {
    index ||= Index.open(root);
    const told = await index;
    if (!query) return mine === turn && clear();
    const answer = await answered(told, query, asked.exact);
    if (mine === turn) await show(told, asked, answer, () => mine === turn);
  } catch (error) {
    index = null;
    if (mine === turn) say("搜尋索引讀取失敗，請稍後再試。");
    console.warn(error);
  }
}

// What is shown for a query: its results; else those of what was meant (`better`), or of what is left of it
// without the words that nothing has (`gone`).
async function answered(told, query, exact) {
  const { posts, lost } = await told.search(query);
  const better = exact || !lost.length ? null : await corrected(told, query, lost);
  const meant = better && (await told.search(better)).posts;
  if (meant?.length) return { query, shown: better, better, posts: meant };
  const left = withoutLost(told, query, lost);
  const rest = !left || posts.length ? posts : (await told.search(left.rest)).posts;
  return left && rest.length ? { query, shown: left.rest, gone: left.gone, posts: rest } : { query, shown: query, posts };
}

function clear() {
  shown = null;
  said.replaceChildren();
  list.replaceChildren();
  columns.hidden = true;
  hint.hidden = false;
}

const say = (...parts) => said.replaceChildren(...parts);

async function show(told, asked, answer, current) {
  const monthOf = own => own.post.day.slice(0, 7);
  const inFamily = own => !asked.family.length || asked.family.includes(own.post.family);
  const inMonth = own => !asked.month || monthOf(own) === asked.month;
  const posts = answer.posts.filter(own => inFamily(own) && inMonth(own));
  const words = marks(told, answer.shown);
  await Promise.all(posts.slice(0, STEP).map(own => own.post.part.shown(own.post)));
  if (!current()) return;
  shown = { told, posts, words, until: 0 };
  hint.hidden = true;
  const count = `共有 ${posts.length} 筆結果`;
  if (answer.better) {
    say(`沒有「${answer.query}」。您是不是要找：`, link({ ...asked, q: answer.better }, answer.better), `？以下${count}。`,
      made("br"), link({ ...asked, exact: true }, `仍要搜尋「${answer.query}」`));
  } else if (answer.gone) say(`沒有提到「${answer.gone.join("」「")}」的文章。「${answer.shown}」${count}`);
  else if (posts.length) say(`「${answer.query}」${count}`);
  else say(`找不到「${answer.query}」的結果。可以少用幾個字、換個說法，或`, made("a", { href: new URL("months/index.html", root).href }, "依月份瀏覽"), "。");
  filterBy(told, asked, answer.posts.filter(inMonth), answer.posts.filter(inFamily).map(monthOf));
  columns.hidden = !answer.posts.length;
  list.replaceChildren();
  await add(current);
}

function link(next, text) {
  const node = made("a", { href: address(next) }, text);
  node.addEventListener("click", event => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(next);
    input.focus();
  });
  return node;
}

// The filters, with how many results each leaves.
function filterBy(told, asked, posts, months) {
  const counts = of => of.reduce((all, one) => all.set(one, (all.get(one) || 0) + 1), new Map());
  const focused = document.activeElement?.dataset?.family;
  const byFamily = counts(posts.map(own => own.post.family));
  families.replaceChildren(...[...told.families].filter(([key]) => byFamily.has(key) || asked.family.includes(key)).map(([key, name]) => {
    const on = asked.family.includes(key);
    const button = made("button", { type: "button", "aria-pressed": String(on), "data-family": key }, `${name} `,
      made("span", { class: "counts" }, String(byFamily.get(key) || 0)));
    button.addEventListener("click", () => {
      const now = state();
      go({ ...now, family: on ? now.family.filter(other => other !== key) : [...now.family, key] });
    });
    return button;
  }));
  if (focused) [...families.children].find(button => button.dataset.family === focused)?.focus();
  const byMonth = [...counts(asked.month ? [...months, asked.month] : months)].sort().reverse();
  month.replaceChildren(made("option", { value: "" }, "所有月份"), ...byMonth.map(([key, many]) => {
    const [year, number] = key.split("-");
    return made("option", { value: key }, `${year} 年 ${+number} 月（${many - (key === asked.month)}）`);
  }));
  month.value = asked.month;
}

// The next results.
async function add(current = () => true) {
  const { posts, until } = shown, next = posts.slice(until, until + STEP);
  const items = await Promise.all(next.map(item));
  if (!current()) return null;
  dress(next);
  list.append(...items);
  shown.until = until + next.length;
  more.hidden = shown.until >= posts.length;
  return items[0];
}

// To a reader without a font of Chinese the site sends its own: then also those of the posts that are shown.
function dress(next) {
  if (!performance.getEntriesByType("resource").some(({ name }) => /\/fonts\/text-[^/]*\.woff2$/.test(name))) return;
  for (const { post } of next) {
    const href = new URL(`fonts/posts/${encodeURIComponent(post.name)}/index.css`, root).href;
    if (![...document.styleSheets].some(sheet => sheet.href === href))
      document.head.append(made("link", { rel: "stylesheet", href }));
  }
}

async function item({ post, entries }) {
  const told = await post.part.shown(post);
  const page = new URL(`posts/${encodeURIComponent(post.name)}/index.html`, root);
  const to = anchor => page.href + (anchor ? `#${encodeURIComponent(anchor)}` : "");
  const [best, ...others] = entries.filter(({ entry }) => told[entry]);
  const [anchor, heading, text] = told[best.entry];
  const also = others.filter(other => other.score >= best.score * ALSO.least && told[other.entry][1] !== heading);
  const links = also.slice(0, ALSO.most).map(({ entry }) =>
    made("li", {}, made("a", { href: to(told[entry][0]) }, titled(told[entry][1], shown.words))));
  return made("li", {},
    made("p", { class: "kicker" }, `${shown.told.families.get(post.family) || post.family}・`,
      made("time", { datetime: post.day }, dayText(post.day))),
    made("h2", {}, made("a", { href: to(anchor) }, titled(heading, shown.words))),
    made("p", { class: "excerpt" }, marked(text, shown.words, EXCERPT)),
    ...(links.length ? [made("ul", { class: "also" }, ...links)] : []));
}

function dayText(day) {
  const [year, month, number] = day.split("-").map(Number);
  return `${year} 年 ${month} 月 ${number} 日（${"日一二三四五六"[new Date(Date.UTC(year, month - 1, number)).getUTCDay()]}）`;
}

let waiting = 0;
input.addEventListener("input", event => {
  clearTimeout(waiting);
  if (!event.isComposing) waiting = setTimeout(() => go({ ...state(), q: input.value, exact: false }, { typing: true }), PAUSE);
});
input.addEventListener("compositionend", () => input.dispatchEvent(new Event("input")));
form.addEventListener("submit", event => {
  event.preventDefault();
  clearTimeout(waiting);
  go({ ...state(), q: input.value, exact: false });
});
month.addEventListener("change", () => go({ ...state(), month: month.value }));
more.addEventListener("click", async () => (await add())?.querySelector("a").focus());
window.addEventListener("popstate", run);

// Beside the results where there is room; folded where there is none.
const wide = window.matchMedia("(min-width: 48rem)");
const unfold = () => {
  filters.open = wide.matches;
  columns[wide.matches ? "append" : "prepend"](filters);
};
wide.addEventListener("change", unfold);
unfold();

index = Index.open(root);
index.then(() => {
  note.remove();
  columns.hidden = true;
  box.append(form, hint, said, columns);
  return run();
}, () => { note.textContent = "這個網站還沒有搜尋索引。"; });
