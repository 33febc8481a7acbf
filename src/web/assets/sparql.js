// The page works without this: it only adds Ctrl+Enter, and Tab as an indent.
const text = document.getElementById("query");
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    text.form.requestSubmit();
  } else if (event.key === "Tab" && !event.shiftKey && text.selectionStart !== text.selectionEnd) {
    event.preventDefault();
    text.setRangeText("  ", text.selectionStart, text.selectionStart, "end");
  }
});
