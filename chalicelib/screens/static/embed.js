import"./assets/chunk-WMWWBTHC.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-LK2TPFQA.js";
