// The search page loads this; the application follows when the reader turns to
// the search box, or at once when the address asks something.
const box = document.getElementById("q");
let tried = 0, loading;
// A script that did not come is asked for by another address: browsers remember the failure.
const load = () =>
  (loading ??= import("./app.js" + (tried++ ? "?" + tried : "")).catch(() => {
    loading = undefined;
    document.getElementById("search-status").textContent = "تعذّر تحميل البحث. تحقّق من اتصالك بالشبكة ثم أعد المحاولة.";
    box.addEventListener("input", load, { once: true });
    addEventListener("online", load, { once: true });
  }));
if (new URLSearchParams(location.search).get("q") || document.activeElement === box) load();
else box?.addEventListener("focus", load, { once: true });
addEventListener("keydown", (e) => {
  if (e.key === "/" && !e.ctrlKey && !e.metaKey && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName)) {
    e.preventDefault();
    box?.focus();
  }
});
