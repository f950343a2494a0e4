// Back from another house: goes on from a page of ours, so that the browser sends our own cookies along.

if (!document.getElementById("said").textContent) location.replace(document.getElementById("on").href);
