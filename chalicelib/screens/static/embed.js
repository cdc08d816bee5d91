import"./assets/chunk-J4QBYDS6.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-3ICU4KG7.js";
