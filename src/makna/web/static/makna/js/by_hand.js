// Another post beside the first.
const button = document.getElementById("another");
button.hidden = false;
button.addEventListener("click", () => {
  const posts = document.getElementById("posts");
  posts.append(document.getElementById("blank").content.cloneNode(true));
  posts.lastElementChild.querySelector("textarea").focus();
});
