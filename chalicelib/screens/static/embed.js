import"./assets/chunk-EEUKGSNO.js";
import"./assets/chunk-ZORKPPHW.js";
export*from"./assets/embed-FKR23CZE.js";
