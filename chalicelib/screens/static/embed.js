import"./assets/chunk-KQZ4MOKB.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-5DW4MH5V.js";
