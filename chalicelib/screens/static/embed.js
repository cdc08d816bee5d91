import"./assets/chunk-FRUURCH5.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-WPDK2DBS.js";
