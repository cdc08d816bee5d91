<<<<<<< HEAD
import"./assets/chunk-EEUKGSNO.js";
import"./assets/chunk-ZORKPPHW.js";
export*from"./assets/embed-FKR23CZE.js";
=======
import"./assets/chunk-ERVQBJO7.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-TOSOPGMT.js";
>>>>>>> 12fc94b (screens: let merchants request, watch and be told)
