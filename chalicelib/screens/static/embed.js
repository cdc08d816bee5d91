import"./assets/chunk-OPUNQHNT.js";
import"./assets/chunk-ZORKPPHW.js";
export*from"./assets/embed-YOFTI5MT.js";
