// Only browsers without JavaScript modules run this script, so it is written as they read it.

var notice = document.getElementById("lacking");
var names = notice && notice.querySelector("[data-names]");
if (notice && names) {
  names.textContent = "JavaScript modules, in which the playground is written";
  notice.hidden = false;
}
