// Quotes unfold where a point leads to them, all at once by a button, and on paper.
"use strict";
(() => {
  const folds = [...document.querySelectorAll("details.quotes")];
  const unfold = document.getElementById("unfold");
  const arrive = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target && target.closest("details.quotes");
    if (!fold) return;
    fold.open = true;
    target.tabIndex = -1; // so that a keyboard and a screen reader go on from there
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", arrive);
  // a second press on the same point changes no address
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".chart a");
    if (link && link.getAttribute("href") === location.hash) arrive();
  });
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = folds.filter((fold) => !fold.open);
    for (const fold of folded) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of folded) fold.open = false;
  });
  if (unfold) {
    unfold.addEventListener("click", () => {
      const open = unfold.getAttribute("aria-expanded") !== "true";
      for (const fold of folds) fold.open = open;
      unfold.setAttribute("aria-expanded", String(open));
      unfold.textContent = open ? "Fold all quotes" : "Unfold all quotes";
    });
    unfold.closest(".tools").hidden = false;
  }
  arrive();
})();

// The quality card: marks stay in this browser and can be saved as a file. Nothing is sent anywhere.
(() => {
  const card = document.getElementById("quality-card");
  if (!card) return;
  const release = card.dataset.release;
  const key = `onrecord-quality-${release}`;
  const claims = [...card.querySelectorAll("[data-claim]")];
  const read = () => {
    try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; }
  };
  let marks = read();

  // Wilson's interval, 95 %: honest about how little a small sample says
  const interval = (right, n) => {
    const z = 1.96, p = right / n, d = 1 + z * z / n;
    const middle = p + z * z / (2 * n), half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return [(middle - half) / d, Math.min(1, (middle + half) / d)];
  };
  const percent = (x) => `${Math.round(100 * x)} %`;
  const tally = () => {
    const told = [];
    for (const [name, title] of [["figure", "Figures"], ["speaker", "Speakers"]]) {
      const given = Object.values(marks).map((m) => m[name]).filter((m) => m === "right" || m === "wrong");
      const right = given.filter((m) => m === "right").length;
      if (!given.length) { told.push(`${title}: nothing marked yet.`); continue; }
      const [low, high] = interval(right, given.length);
      told.push(`${title}: ${right} of ${given.length} right, ${percent(right / given.length)} (likely ${percent(low)} to ${percent(high)}).`);
    }
    document.getElementById("tally").textContent = told.join(" ");
  };
  const show = () => {
    for (const claim of claims) {
      for (const input of claim.querySelectorAll("input")) {
        input.checked = (marks[claim.dataset.claim] || {})[input.dataset.part] === input.value;
      }
    }
    tally();
  };
  card.addEventListener("change", (event) => {
    const input = event.target, claim = input.closest("[data-claim]");
    if (!claim || !input.dataset.part) return;
    marks[claim.dataset.claim] = { ...marks[claim.dataset.claim], [input.dataset.part]: input.value };
    try { localStorage.setItem(key, JSON.stringify(marks)); } catch { /* a private window keeps nothing: the file still can be saved */ }
    tally();
  });
  document.getElementById("save-marks").addEventListener("click", () => {
    const text = JSON.stringify({ release_id: release, sampled: claims.length, marks }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = `onrecord-quality-${release}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  document.getElementById("clear-marks").addEventListener("click", () => {
    marks = {};
    try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
    show();
  });
  card.querySelector(".tools").hidden = false;
  show();
})();
