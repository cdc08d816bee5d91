import"./assets/chunk-4G3WYLE3.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-2UCX6YDO.js";
