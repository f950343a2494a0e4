// The button of a page of others (the desk) with which one logs out.

import { logOut } from "/zugang/zugang.js";

document.getElementById("log-out")?.addEventListener("click", () => logOut(false));
