import{a as h,b as w,c as y,d as G,e as p,f as ss}from"./chunk-TMRNBLX7.js";var le=globalThis,de=le.ShadowRoot&&(le.ShadyCSS===void 0||le.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,xe=Symbol(),is=new WeakMap,Gt=class{constructor(s,t,e){if(this._$cssResult$=!0,e!==xe)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=s,this.t=t}get styleSheet(){let s=this.o,t=this.t;if(de&&s===void 0){let e=t!==void 0&&t.length===1;e&&(s=is.get(t)),s===void 0&&((this.o=s=new CSSStyleSheet).replaceSync(this.cssText),e&&is.set(t,s))}return s}toString(){return this.cssText}},rs=n=>new Gt(typeof n=="string"?n:n+"",void 0,xe),k=(n,...s)=>{let t=n.length===1?n[0]:s.reduce((e,i,r)=>e+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(i)+n[r+1],n[0]);return new Gt(t,n,xe)},ns=(n,s)=>{if(de)n.adoptedStyleSheets=s.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(let t of s){let e=document.createElement("style"),i=le.litNonce;i!==void 0&&e.setAttribute("nonce",i),e.textContent=t.cssText,n.appendChild(e)}},we=de?n=>n:n=>n instanceof CSSStyleSheet?(s=>{let t="";for(let e of s.cssRules)t+=e.cssText;return rs(t)})(n):n;var{is:er,defineProperty:sr,getOwnPropertyDescriptor:ir,getOwnPropertyNames:rr,getOwnPropertySymbols:nr,getPrototypeOf:or}=Object,ce=globalThis,os=ce.trustedTypes,ar=os?os.emptyScript:"",lr=ce.reactiveElementPolyfillSupport,Kt=(n,s)=>n,Vt={toAttribute(n,s){switch(s){case Boolean:n=n?ar:null;break;case Object:case Array:n=n==null?n:JSON.stringify(n)}return n},fromAttribute(n,s){let t=n;switch(s){case Boolean:t=n!==null;break;case Number:t=n===null?null:Number(n);break;case Object:case Array:try{t=JSON.parse(n)}catch{t=null}}return t}},pe=(n,s)=>!er(n,s),as={attribute:!0,type:String,converter:Vt,reflect:!1,useDefault:!1,hasChanged:pe};Symbol.metadata??=Symbol("metadata"),ce.litPropertyMetadata??=new WeakMap;var ut=class extends HTMLElement{static addInitializer(s){this._$Ei(),(this.l??=[]).push(s)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(s,t=as){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(s)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(s,t),!t.noAccessor){let e=Symbol(),i=this.getPropertyDescriptor(s,e,t);i!==void 0&&sr(this.prototype,s,i)}}static getPropertyDescriptor(s,t,e){let{get:i,set:r}=ir(this.prototype,s)??{get(){return this[t]},set(o){this[t]=o}};return{get:i,set(o){let d=i?.call(this);r?.call(this,o),this.requestUpdate(s,d,e)},configurable:!0,enumerable:!0}}static getPropertyOptions(s){return this.elementProperties.get(s)??as}static _$Ei(){if(this.hasOwnProperty(Kt("elementProperties")))return;let s=or(this);s.finalize(),s.l!==void 0&&(this.l=[...s.l]),this.elementProperties=new Map(s.elementProperties)}static finalize(){if(this.hasOwnProperty(Kt("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(Kt("properties"))){let t=this.properties,e=[...rr(t),...nr(t)];for(let i of e)this.createProperty(i,t[i])}let s=this[Symbol.metadata];if(s!==null){let t=litPropertyMetadata.get(s);if(t!==void 0)for(let[e,i]of t)this.elementProperties.set(e,i)}this._$Eh=new Map;for(let[t,e]of this.elementProperties){let i=this._$Eu(t,e);i!==void 0&&this._$Eh.set(i,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(s){let t=[];if(Array.isArray(s)){let e=new Set(s.flat(1/0).reverse());for(let i of e)t.unshift(we(i))}else s!==void 0&&t.push(we(s));return t}static _$Eu(s,t){let e=t.attribute;return e===!1?void 0:typeof e=="string"?e:typeof s=="string"?s.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(s=>this.enableUpdating=s),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(s=>s(this))}addController(s){(this._$EO??=new Set).add(s),this.renderRoot!==void 0&&this.isConnected&&s.hostConnected?.()}removeController(s){this._$EO?.delete(s)}_$E_(){let s=new Map,t=this.constructor.elementProperties;for(let e of t.keys())this.hasOwnProperty(e)&&(s.set(e,this[e]),delete this[e]);s.size>0&&(this._$Ep=s)}createRenderRoot(){let s=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return ns(s,this.constructor.elementStyles),s}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(s=>s.hostConnected?.())}enableUpdating(s){}disconnectedCallback(){this._$EO?.forEach(s=>s.hostDisconnected?.())}attributeChangedCallback(s,t,e){this._$AK(s,e)}_$ET(s,t){let e=this.constructor.elementProperties.get(s),i=this.constructor._$Eu(s,e);if(i!==void 0&&e.reflect===!0){let r=(e.converter?.toAttribute!==void 0?e.converter:Vt).toAttribute(t,e.type);this._$Em=s,r==null?this.removeAttribute(i):this.setAttribute(i,r),this._$Em=null}}_$AK(s,t){let e=this.constructor,i=e._$Eh.get(s);if(i!==void 0&&this._$Em!==i){let r=e.getPropertyOptions(i),o=typeof r.converter=="function"?{fromAttribute:r.converter}:r.converter?.fromAttribute!==void 0?r.converter:Vt;this._$Em=i;let d=o.fromAttribute(t,r.type);this[i]=d??this._$Ej?.get(i)??d,this._$Em=null}}requestUpdate(s,t,e,i=!1,r){if(s!==void 0){let o=this.constructor;if(i===!1&&(r=this[s]),e??=o.getPropertyOptions(s),!((e.hasChanged??pe)(r,t)||e.useDefault&&e.reflect&&r===this._$Ej?.get(s)&&!this.hasAttribute(o._$Eu(s,e))))return;this.C(s,t,e)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(s,t,{useDefault:e,reflect:i,wrapped:r},o){e&&!(this._$Ej??=new Map).has(s)&&(this._$Ej.set(s,o??t??this[s]),r!==!0||o!==void 0)||(this._$AL.has(s)||(this.hasUpdated||e||(t=void 0),this._$AL.set(s,t)),i===!0&&this._$Em!==s&&(this._$Eq??=new Set).add(s))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}let s=this.scheduleUpdate();return s!=null&&await s,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[i,r]of this._$Ep)this[i]=r;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[i,r]of e){let{wrapped:o}=r,d=this[i];o!==!0||this._$AL.has(i)||d===void 0||this.C(i,void 0,r,d)}}let s=!1,t=this._$AL;try{s=this.shouldUpdate(t),s?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(e){throw s=!1,this._$EM(),e}s&&this._$AE(t)}willUpdate(s){}_$AE(s){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(s)),this.updated(s)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(s){return!0}update(s){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(s){}firstUpdated(s){}};ut.elementStyles=[],ut.shadowRootOptions={mode:"open"},ut[Kt("elementProperties")]=new Map,ut[Kt("finalized")]=new Map,lr?.({ReactiveElement:ut}),(ce.reactiveElementVersions??=[]).push("2.1.2");var Ae=globalThis,ls=n=>n,ue=Ae.trustedTypes,ds=ue?ue.createPolicy("lit-html",{createHTML:n=>n}):void 0,fs="$lit$",ft=`lit$${Math.random().toFixed(9).slice(2)}$`,gs="?"+ft,dr=`<${gs}>`,_t=document,Jt=()=>_t.createComment(""),Xt=n=>n===null||typeof n!="object"&&typeof n!="function",Ce=Array.isArray,cr=n=>Ce(n)||typeof n?.[Symbol.iterator]=="function",ke=`[ 	
\f\r]`,Yt=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,cs=/-->/g,ps=/>/g,kt=RegExp(`>|${ke}(?:([^\\s"'>=/]+)(${ke}*=${ke}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),us=/'/g,hs=/"/g,bs=/^(?:script|style|textarea|title)$/i,Pe=n=>(s,...t)=>({_$litType$:n,strings:s,values:t}),a=Pe(1),vs=Pe(2),Zr=Pe(3),Rt=Symbol.for("lit-noChange"),l=Symbol.for("lit-nothing"),ms=new WeakMap,Tt=_t.createTreeWalker(_t,129);function ys(n,s){if(!Ce(n)||!n.hasOwnProperty("raw"))throw Error("invalid template strings array");return ds!==void 0?ds.createHTML(s):s}var pr=(n,s)=>{let t=n.length-1,e=[],i,r=s===2?"<svg>":s===3?"<math>":"",o=Yt;for(let d=0;d<t;d++){let c=n[d],u,g,f=-1,O=0;for(;O<c.length&&(o.lastIndex=O,g=o.exec(c),g!==null);)O=o.lastIndex,o===Yt?g[1]==="!--"?o=cs:g[1]!==void 0?o=ps:g[2]!==void 0?(bs.test(g[2])&&(i=RegExp("</"+g[2],"g")),o=kt):g[3]!==void 0&&(o=kt):o===kt?g[0]===">"?(o=i??Yt,f=-1):g[1]===void 0?f=-2:(f=o.lastIndex-g[2].length,u=g[1],o=g[3]===void 0?kt:g[3]==='"'?hs:us):o===hs||o===us?o=kt:o===cs||o===ps?o=Yt:(o=kt,i=void 0);let L=o===kt&&n[d+1].startsWith("/>")?" ":"";r+=o===Yt?c+dr:f>=0?(e.push(u),c.slice(0,f)+fs+c.slice(f)+ft+L):c+ft+(f===-2?d:L)}return[ys(n,r+(n[t]||"<?>")+(s===2?"</svg>":s===3?"</math>":"")),e]},Zt=class n{constructor({strings:s,_$litType$:t},e){let i;this.parts=[];let r=0,o=0,d=s.length-1,c=this.parts,[u,g]=pr(s,t);if(this.el=n.createElement(u,e),Tt.currentNode=this.el.content,t===2||t===3){let f=this.el.content.firstChild;f.replaceWith(...f.childNodes)}for(;(i=Tt.nextNode())!==null&&c.length<d;){if(i.nodeType===1){if(i.hasAttributes())for(let f of i.getAttributeNames())if(f.endsWith(fs)){let O=g[o++],L=i.getAttribute(f).split(ft),Z=/([.?@])?(.*)/.exec(O);c.push({type:1,index:r,name:Z[2],strings:L,ctor:Z[1]==="."?_e:Z[1]==="?"?Re:Z[1]==="@"?Se:Ot}),i.removeAttribute(f)}else f.startsWith(ft)&&(c.push({type:6,index:r}),i.removeAttribute(f));if(bs.test(i.tagName)){let f=i.textContent.split(ft),O=f.length-1;if(O>0){i.textContent=ue?ue.emptyScript:"";for(let L=0;L<O;L++)i.append(f[L],Jt()),Tt.nextNode(),c.push({type:2,index:++r});i.append(f[O],Jt())}}}else if(i.nodeType===8)if(i.data===gs)c.push({type:2,index:r});else{let f=-1;for(;(f=i.data.indexOf(ft,f+1))!==-1;)c.push({type:7,index:r}),f+=ft.length-1}r++}}static createElement(s,t){let e=_t.createElement("template");return e.innerHTML=s,e}};function Mt(n,s,t=n,e){if(s===Rt)return s;let i=e!==void 0?t._$Co?.[e]:t._$Cl,r=Xt(s)?void 0:s._$litDirective$;return i?.constructor!==r&&(i?._$AO?.(!1),r===void 0?i=void 0:(i=new r(n),i._$AT(n,t,e)),e!==void 0?(t._$Co??=[])[e]=i:t._$Cl=i),i!==void 0&&(s=Mt(n,i._$AS(n,s.values),i,e)),s}var Te=class{constructor(s,t){this._$AV=[],this._$AN=void 0,this._$AD=s,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(s){let{el:{content:t},parts:e}=this._$AD,i=(s?.creationScope??_t).importNode(t,!0);Tt.currentNode=i;let r=Tt.nextNode(),o=0,d=0,c=e[0];for(;c!==void 0;){if(o===c.index){let u;c.type===2?u=new Qt(r,r.nextSibling,this,s):c.type===1?u=new c.ctor(r,c.name,c.strings,this,s):c.type===6&&(u=new Ee(r,this,s)),this._$AV.push(u),c=e[++d]}o!==c?.index&&(r=Tt.nextNode(),o++)}return Tt.currentNode=_t,i}p(s){let t=0;for(let e of this._$AV)e!==void 0&&(e.strings!==void 0?(e._$AI(s,e,t),t+=e.strings.length-2):e._$AI(s[t])),t++}},Qt=class n{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(s,t,e,i){this.type=2,this._$AH=l,this._$AN=void 0,this._$AA=s,this._$AB=t,this._$AM=e,this.options=i,this._$Cv=i?.isConnected??!0}get parentNode(){let s=this._$AA.parentNode,t=this._$AM;return t!==void 0&&s?.nodeType===11&&(s=t.parentNode),s}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(s,t=this){s=Mt(this,s,t),Xt(s)?s===l||s==null||s===""?(this._$AH!==l&&this._$AR(),this._$AH=l):s!==this._$AH&&s!==Rt&&this._(s):s._$litType$!==void 0?this.$(s):s.nodeType!==void 0?this.T(s):cr(s)?this.k(s):this._(s)}O(s){return this._$AA.parentNode.insertBefore(s,this._$AB)}T(s){this._$AH!==s&&(this._$AR(),this._$AH=this.O(s))}_(s){this._$AH!==l&&Xt(this._$AH)?this._$AA.nextSibling.data=s:this.T(_t.createTextNode(s)),this._$AH=s}$(s){let{values:t,_$litType$:e}=s,i=typeof e=="number"?this._$AC(s):(e.el===void 0&&(e.el=Zt.createElement(ys(e.h,e.h[0]),this.options)),e);if(this._$AH?._$AD===i)this._$AH.p(t);else{let r=new Te(i,this),o=r.u(this.options);r.p(t),this.T(o),this._$AH=r}}_$AC(s){let t=ms.get(s.strings);return t===void 0&&ms.set(s.strings,t=new Zt(s)),t}k(s){Ce(this._$AH)||(this._$AH=[],this._$AR());let t=this._$AH,e,i=0;for(let r of s)i===t.length?t.push(e=new n(this.O(Jt()),this.O(Jt()),this,this.options)):e=t[i],e._$AI(r),i++;i<t.length&&(this._$AR(e&&e._$AB.nextSibling,i),t.length=i)}_$AR(s=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);s!==this._$AB;){let e=ls(s).nextSibling;ls(s).remove(),s=e}}setConnected(s){this._$AM===void 0&&(this._$Cv=s,this._$AP?.(s))}},Ot=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(s,t,e,i,r){this.type=1,this._$AH=l,this._$AN=void 0,this.element=s,this.name=t,this._$AM=i,this.options=r,e.length>2||e[0]!==""||e[1]!==""?(this._$AH=Array(e.length-1).fill(new String),this.strings=e):this._$AH=l}_$AI(s,t=this,e,i){let r=this.strings,o=!1;if(r===void 0)s=Mt(this,s,t,0),o=!Xt(s)||s!==this._$AH&&s!==Rt,o&&(this._$AH=s);else{let d=s,c,u;for(s=r[0],c=0;c<r.length-1;c++)u=Mt(this,d[e+c],t,c),u===Rt&&(u=this._$AH[c]),o||=!Xt(u)||u!==this._$AH[c],u===l?s=l:s!==l&&(s+=(u??"")+r[c+1]),this._$AH[c]=u}o&&!i&&this.j(s)}j(s){s===l?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,s??"")}},_e=class extends Ot{constructor(){super(...arguments),this.type=3}j(s){this.element[this.name]=s===l?void 0:s}},Re=class extends Ot{constructor(){super(...arguments),this.type=4}j(s){this.element.toggleAttribute(this.name,!!s&&s!==l)}},Se=class extends Ot{constructor(s,t,e,i,r){super(s,t,e,i,r),this.type=5}_$AI(s,t=this){if((s=Mt(this,s,t,0)??l)===Rt)return;let e=this._$AH,i=s===l&&e!==l||s.capture!==e.capture||s.once!==e.once||s.passive!==e.passive,r=s!==l&&(e===l||i);i&&this.element.removeEventListener(this.name,this,e),r&&this.element.addEventListener(this.name,this,s),this._$AH=s}handleEvent(s){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,s):this._$AH.handleEvent(s)}},Ee=class{constructor(s,t,e){this.element=s,this.type=6,this._$AN=void 0,this._$AM=t,this.options=e}get _$AU(){return this._$AM._$AU}_$AI(s){Mt(this,s)}};var ur=Ae.litHtmlPolyfillSupport;ur?.(Zt,Qt),(Ae.litHtmlVersions??=[]).push("3.3.3");var $s=(n,s,t)=>{let e=t?.renderBefore??s,i=e._$litPart$;if(i===void 0){let r=t?.renderBefore??null;e._$litPart$=i=new Qt(s.insertBefore(Jt(),r),r,void 0,t??{})}return i._$AI(n),i};var Me=globalThis,lt=class extends ut{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let s=super.createRenderRoot();return this.renderOptions.renderBefore??=s.firstChild,s}update(s){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(s),this._$Do=$s(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return Rt}};lt._$litElement$=!0,lt.finalized=!0,Me.litElementHydrateSupport?.({LitElement:lt});var hr=Me.litElementPolyfillSupport;hr?.({LitElement:lt});(Me.litElementVersions??=[]).push("4.2.2");var A=n=>(s,t)=>{t!==void 0?t.addInitializer(()=>{customElements.define(n,s)}):customElements.define(n,s)};var mr={attribute:!0,type:String,converter:Vt,reflect:!1,hasChanged:pe},fr=(n=mr,s,t)=>{let{kind:e,metadata:i}=t,r=globalThis.litPropertyMetadata.get(i);if(r===void 0&&globalThis.litPropertyMetadata.set(i,r=new Map),e==="setter"&&((n=Object.create(n)).wrapped=!0),r.set(t.name,n),e==="accessor"){let{name:o}=t;return{set(d){let c=s.get.call(this);s.set.call(this,d),this.requestUpdate(o,c,n,!0,d)},init(d){return d!==void 0&&this.C(o,void 0,n,d),d}}}if(e==="setter"){let{name:o}=t;return function(d){let c=this[o];s.call(this,d),this.requestUpdate(o,c,n,!0,d)}}throw Error("Unsupported decorator location: "+e)};function R(n){return(s,t)=>typeof t=="object"?fr(n,s,t):((e,i,r)=>{let o=i.hasOwnProperty(r);return i.constructor.createProperty(r,e),o?Object.getOwnPropertyDescriptor(i,r):void 0})(n,s,t)}function b(n){return R({...n,state:!0,attribute:!1})}var St="/storefront/v1",m="/api/v1/embed";var et=Object.freeze({orders:{list:`GET ${St}/orders`,get:`GET ${St}/orders/{order_number}`,cancel:`POST ${St}/orders/{order_number}/cancel`,track:`GET ${St}/orders/track/{token}`,requestAccessCode:`POST ${St}/orders/access/request`,verifyAccessCode:`POST ${St}/orders/access/verify`,getByAccessToken:`GET ${St}/orders/access/detail`},embed:{createAutoSession:`POST ${m}/sessions/auto`,session:{get:`GET ${m}/session`},config:{get:`GET ${m}/config`},branding:{get:`GET ${m}/branding`,update:`PATCH ${m}/branding`},bridgeTypes:{list:`GET ${m}/bridge-types`},bridges:{list:`GET ${m}/bridges`,create:`POST ${m}/bridges`,update:`PATCH ${m}/bridges/{id}`,delete:`DELETE ${m}/bridges/{id}`,test:`POST ${m}/bridges/{id}/test`,sync:`POST ${m}/bridges/{id}/sync`,runs:`GET ${m}/bridges/{id}/runs`,startShopifyOAuth:`POST ${m}/bridges/shopify/oauth/start`,connectWooCommerce:`POST ${m}/bridges/woocommerce/connect`},orders:{list:`GET ${m}/orders`,get:`GET ${m}/orders/{id}`},shipments:{list:`GET ${m}/shipments`,get:`GET ${m}/shipments/{id}`},tracking:{get:`GET ${m}/tracking/{id}`},customerExports:{get:`GET ${m}/customer-exports/{id}`},actionRequests:{list:`GET ${m}/action-requests`,create:`POST ${m}/action-requests`,get:`GET ${m}/action-requests/{id}`,cancel:`DELETE ${m}/action-requests/{id}`},alerts:{dryRun:`POST ${m}/alerts/dry-run`},alertRules:{list:`GET ${m}/alerts/rules`,create:`POST ${m}/alerts/rules`,update:`PATCH ${m}/alerts/rules/{id}`,delete:`DELETE ${m}/alerts/rules/{id}`,test:`POST ${m}/alerts/rules/{id}/test`,deliveries:`GET ${m}/alerts/rules/{id}/deliveries`,retryDelivery:`POST ${m}/alerts/rules/{id}/deliveries/{deliveryId}/retry`,replay:`POST ${m}/alerts/rules/{id}/replay`},notifications:{list:`GET ${m}/alerts/notifications`,update:`PATCH ${m}/alerts/notifications/{id}`},webhooks:{eventTypes:`GET ${m}/webhooks/event-types`,list:`GET ${m}/webhooks`,create:`POST ${m}/webhooks`,update:`PATCH ${m}/webhooks/{id}`,delete:`DELETE ${m}/webhooks/{id}`,test:`POST ${m}/webhooks/{id}/test`,rotateSecret:`POST ${m}/webhooks/{id}/rotate-secret`,deliveries:`GET ${m}/webhooks/{id}/deliveries`,retryDelivery:`POST ${m}/webhooks/{id}/deliveries/{deliveryId}/retry`,replay:`POST ${m}/webhooks/{id}/replay`},trackingPages:{list:`GET ${m}/tracking-pages`,create:`POST ${m}/tracking-pages`,revoke:`DELETE ${m}/tracking-pages/{id}`,view:`GET ${m}/tracking-pages/view/{token}`}}}),gr=new Set([et.embed.config.get,et.embed.trackingPages.view]);function qe(n){let s=String(n.baseUrl??new URL(".",import.meta.url)).replace(/\/+$/,""),t=n.fetch??globalThis.fetch.bind(globalThis),e=n.customerToken??null,i=Nt(n.sessionToken??null),r=n.fetchSession?()=>Zi(n.fetchSession):null,o=r,d=null,c=()=>({"X-Api-Key":n.publishableKey}),u=()=>({...c(),...Oe(e)}),g={list:(v={})=>Q(et.orders.list,[],{query:v,headers:u()}),get:v=>Q(et.orders.get,[v],{headers:u()}),cancel:v=>Q(et.orders.cancel,[v],{headers:u()}),track:v=>Q(et.orders.track,[v],{headers:c()}),requestAccessCode:(v,_)=>Q(et.orders.requestAccessCode,[],{body:{orderNumber:v,email:_},headers:c()}),verifyAccessCode:(v,_,q)=>Q(et.orders.verifyAccessCode,[],{body:{orderNumber:v,email:_,code:q},headers:c()}),getByAccessToken:v=>Q(et.orders.getByAccessToken,[],{headers:{...c(),"X-Order-Access":v}})},f={...O(et.embed),async createAutoSession(v){let _={key:n.publishableKey,...v},q=async()=>{let F=await Q(et.embed.createAutoSession,[],{body:_});return F.data&&(i=Nt(F.data.token,F.data.expiresAt)),F},tt=await q();return tt.data&&(o=async()=>(await q()).error),tt},request:(v,_,q={})=>Z(`${v} ${m}${_}`,[],q)};return{orders:g,embed:f,setCustomerToken(v){e=v},setSessionToken(v,_){v&&v===i.token?Object.assign(i,Nt(v,_)):i=Nt(v,_),o=r}};function O(v){return Object.fromEntries(Object.entries(v).map(([_,q])=>[_,typeof q=="string"?L(q):O(q)]))}function L(v){let _=v.split("{").length-1,q=v.startsWith("GET ")?"query":"body",tt=gr.has(v)?Q:Z;return(...F)=>tt(v,F.slice(0,_),{[q]:F[_],...F[_+1]})}async function Z(v,_,q){if(o&&i.renewAt<=Date.now()){let Wt=await Ft();if(Wt&&i.expiresAt<=Date.now())return{data:null,error:Wt}}let tt=i,F=await Q(v,_,{...q,headers:Oe(tt.token)});if(!o||F.error?.status!==401||F.error.code==="wrong_credential")return F;let Bt=i===tt?await Ft():null;return Bt?{data:null,error:Bt}:Q(v,_,{...q,headers:Oe(i.token)})}function Ft(){return d??=o().finally(()=>{d=null}),d}async function Zi(v){try{let _=await v();return i=typeof _=="string"?Nt(_):Nt(_.token,_.expiresAt),null}catch(_){return xs({code:"SESSION_NOT_RENEWED",message:String(_?.message??_),status:0})}}async function Q(v,_,{query:q,body:tt,headers:F={},idempotencyKey:Bt,signal:Wt}){try{let[ae,Qi]=v.split(" "),Qe=_.map(String);if(!Qe.every(br))return Ne({code:"NOT_FOUND",message:"Nothing has this id.",status:404});let tr=Qi.replace(/\{\w+\}/g,()=>encodeURIComponent(String(Qe.shift()))),ts=AbortSignal.timeout(3e4),es=await t(s+tr+vr(q),{method:ae,headers:{...F,...tt===void 0?{}:{"Content-Type":"application/json"},...Bt===void 0?{}:{"Idempotency-Key":Bt}},body:tt===void 0?void 0:JSON.stringify(tt),credentials:"omit",signal:Wt?AbortSignal.any([Wt,ts]):ts});return $r(es,yr(await es.text()))}catch(ae){return Ne({code:"NETWORK_ERROR",message:String(ae?.message??ae),status:0})}}}function Nt(n,s){if(!n)return{token:n,renewAt:-1/0,expiresAt:-1/0};let t=Date.parse(s)-Date.now();if(!(t>0))return{token:n,renewAt:1/0,expiresAt:1/0};let e=Date.now()+t;return{token:n,renewAt:e-Math.min(6e4,t/2),expiresAt:e}}function br(n){return!["",".","..","undefined","null"].includes(n)&&!new RegExp("\\p{Surrogate}","u").test(n)}function Oe(n){return n?{Authorization:`Bearer ${n}`}:{}}function vr(n){let s=Object.entries(n??{}).filter(([,t])=>t!=null);return s.length?`?${new URLSearchParams(s.map(([t,e])=>[t,String(e)]))}`:""}function yr(n){try{return JSON.parse(n)}catch{return null}}function $r(n,s){if(n.ok&&s!==null)return typeof s=="object"&&"data"in s?{...s,error:null}:{data:s,error:null};let t=s?.error??s??{};return Ne({code:t.code??"UNREADABLE_ANSWER",message:t.message??`The API responded with status ${n.status}.`,status:n.status,requestId:t.request_id??null,details:t.details??[],retryAfter:Number(n.headers.get("Retry-After"))||null})}function xs(n){return{requestId:null,details:[],retryAfter:null,...n}}function Ne(n){return{data:null,error:xs(n)}}var ws=/^\d{4}-\d{2}-\d{2}$/,te=class{#t;#e;#s;#i;#r;#o;constructor(s){this.#t=s,this.#e=new Intl.DateTimeFormat(s,{dateStyle:"medium"}),this.#s=new Intl.DateTimeFormat(s,{dateStyle:"medium",timeZone:"UTC"}),this.#i=new Intl.DateTimeFormat(s,{dateStyle:"medium",timeStyle:"short"}),this.#r=new Intl.NumberFormat(s),this.#o=new Intl.PluralRules(s)}date(s){return this.#a(ws.test(s??"")?this.#s:this.#e,s)}dateTime(s){return this.#a(ws.test(s??"")?this.#s:this.#i,s)}number(s){return this.#r.format(s)}money(s,t){if(s==null)return"";try{return new Intl.NumberFormat(this.#t,{style:"currency",currency:t??""}).format(s)}catch{return new Intl.NumberFormat(this.#t,{minimumFractionDigits:2}).format(s)}}plural(s,t){let e=this.#o.select(s)==="one"?t.one:t.other;return S(e,{n:this.number(s)})}country(s){return/^[A-Z]{2}$/.test(s)?new Intl.DisplayNames(this.#t,{type:"region"}).of(s)??s:s}#a(s,t){let e=t?Date.parse(t):NaN;return Number.isNaN(e)?t??"":s.format(e)}};function S(n,s){return n.replace(/\{(\w+)\}/g,(t,e)=>String(s[e]??t))}var K={language:"en",actions:{back:"Back",cancel:"Cancel",clear:"Clear filters",close:"Close",copied:"Copied",copy:"Copy",export:"Export CSV",exporting:"Exporting {n}…",filters:"Filters",next:"Next",previous:"Previous",refresh:"Refresh",retry:"Try again",stop:"Stop",save:"Save",edit:"Edit",delete:"Delete",sure:"Yes, I am sure",open:"Open",more:"Show more"},states:{loading:"Loading…",error:"This could not be loaded.",reference:"Reference: {id}",offline:"You seem to be offline.",offlineHint:"Nothing you entered is lost. It works again once you are connected.",expired:"Your session has ended.",expiredHint:"Reload the page, or open the link again. What you entered is still here until you do.",forbidden:"You have no access to this.",forbiddenHint:"Ask {name} if you need it.",featureOff:"This is not switched on.",notFound:"This is not here any more.",busy:"Too many requests. Try again in a moment.",refused:"This link belongs to another organization.",refusedHint:"Ask for a new link where you got this one.",noSession:"Open this page with the link that you were given.",noSessionHint:"For your safety the link works in one tab only, and not after a reload.",support:"your provider"},navigation:{label:"Sections",orders:"Orders",shipments:"Shipments",requests:"Requests",connect:"Connections",alerts:"Alerts",webhooks:"Webhooks",trackingPages:"Tracking pages"},list:{page:"Page {n}",total:{one:"{n} result",other:"{n} results"},totalCapped:"more than {n} results",from:"From",to:"To",all:"All",status:"Status",none:"Nothing matches these filters."},orders:{title:"Orders",search:"Order number, customer, SKU or tracking number",empty:"No orders yet",emptyHint:"Orders appear here as soon as a connected shop has some.",order:"Order",date:"Date",customer:"Customer",payment:"Payment",fulfillment:"Fulfilment",total:"Total",shipments:"Shipments",bridge:"Connection",noNumber:"No number"},order:{items:"Items",item:"Item",quantity:"Qty",price:"Price",amount:"Amount",subtotal:"Subtotal",shipping:"Shipping",tax:"Tax",discount:"Discount",total:"Total",noItems:"No items were sent with this order.",shipments:"Shipments",noShipments:"Nothing has been shipped yet.",customer:"Customer",shippingAddress:"Shipping address",billingAddress:"Billing address",sameAddress:"Same as the shipping address",noAddress:"No address",notes:"Notes",tags:"Tags",timeline:"Timeline",noTimeline:"Nothing has happened yet.",latest:"The latest {n} entries are shown.",ordered:"Ordered {date}",changed:"{from} → {to}"},shipments:{title:"Shipments",search:"Tracking or order number",empty:"No shipments yet",emptyHint:"Shipments appear here as soon as something is on its way.",number:"Tracking number",carrier:"Carrier",shipped:"Shipped",expected:"Expected",delivered:"Delivered",noNumber:"No tracking number",anyCarrier:"Any carrier"},tracking:{title:"Tracking",history:"History",noHistory:"The carrier has not reported anything yet.",service:"Service",expectedOn:"Expected {date}",deliveredOn:"Delivered {date}",progress:"Progress",steps:{label:"Label created",moving:"On its way",out:"Out for delivery",delivered:"Delivered"},order:"Open the order"},requests:{title:"Requests",ask:"Request a change",send:"Send request",sent:"Your request was sent. You find it under Requests.",until:"Possible until {time}.",request:"Request",type:"What",asked:"Asked",description:"Description",changes:"Changes",answer:"Answer",answered:"Answered",expires:"Expires",application:"At the shop",openOrder:"Open the order",takeBack:"Take back",reason:"Reason",note:"Note",holdUntil:"Hold until",countryHint:"Two letters, such as US or DE",empty:"No requests yet",emptyHint:"Open an order to ask for its cancellation, another address, and more.",types:{cancel:"Cancel the order",address_change:"Change the address",hold:"Hold the order",release:"Release the order",expedite:"Ship it sooner",note:"Add a note",other:"Something else"},address:{name:"Name",address1:"Address",address2:"Address, second line",zip:"Postcode",city:"City",state:"State or region",country:"Country",phone:"Phone"}},events:{"order.created":"New order","order.updated":"Order changed","order.status_changed":"Order has a new status","shipment.created":"New shipment","shipment.shipped":"Shipment on its way","shipment.delivered":"Shipment delivered","shipment.exception":"Shipment held up","tracking.updated":"Tracking news","bridge.connected":"Connection works","bridge.disconnected":"Connection lost","bridge.sync_completed":"Synchronized","webhook.test":"Test","alert.triggered":"Alert"},webhooks:{title:"Webhooks",add:"Add webhook",create:"Create webhook",empty:"No webhooks yet",emptyHint:"A webhook tells your own system of new orders and shipments as they happen.",url:"Address",description:"Description",events:"Events",test:"Send test",testing:"Testing…",testWorked:"The test was received.",testFailed:"The test was not received.",switchOn:"Switch on",switchOff:"Switch off",newSecret:"New secret",secretOnce:"This is the signing secret. It is shown only now.",why:"Switched off: {reason}",failures:{one:"{n} failure in a row",other:"{n} failures in a row"},waiting:{one:"{n} delivery waits.",other:"{n} deliveries wait."},nextAttempt:"Next attempt {time}",lastSuccess:"Last delivered {time}",neverDelivered:"Nothing delivered yet",deliveries:"Deliveries",noDeliveries:"No deliveries yet",replayDay:"Resend failed of 24 hours",replayWeek:"Resend failed of 7 days",queued:{one:"{n} delivery is sent again.",other:"{n} deliveries are sent again."},event:"Event",answer:"Answer",time:"Time",details:"Details",attempt:"Attempt {n}",retry:"Send again"},alerts:{title:"Alerts",add:"Add alert",create:"Create alert",empty:"No alerts yet",emptyHint:"Be told when something needs you, such as a shipment that is held up.",name:"Name",when:"When",condition:"Only if",always:"Every time. Add a condition to be told of fewer.",addLine:"Add condition",joined:"Conditions that must hold",all:"all of them",any:"any of them",field:"Field",operator:"Comparison",value:"Value",kept:"This condition was made elsewhere and is kept as it is.",how:"How you are told",methods:{in_app:"Here",webhook:"By webhook",both:"Here and by webhook"},cooldown:"Minutes of silence after an alert (5 to 1440)",trial:"Try it",trialHint:"See which of your recent events this would have told you of. Nothing is sent.",try:"Try on recent events",matched:"{n} of {of} recent events match.",last:"Last alert {time}",never:"No alert yet",suppressed:{one:"{n} held back since",other:"{n} held back since"},if:"if",and:" and ",or:" or ",fields:{status:"status",order_number:"order number","totals.total":"total",currency:"currency",payment_status:"payment",fulfillment_status:"fulfilment","customer.name":"customer’s name","customer.email":"customer’s e-mail",carrier:"carrier",service:"service",tracking_number:"tracking number",estimated_delivery:"expected day",name:"name",type:"type",error_message:"error"},operators:{eq:"is",ne:"is not",gt:"is more than",gte:"is at least",lt:"is less than",lte:"is at most",contains:"contains",starts_with:"begins with"}},notifications:{title:"Notifications",unread:{one:"{n} unread notification",other:"{n} unread notifications"},readAll:"Mark all as read",dismiss:"Dismiss",new:"New",held:"{n} more were held back",empty:"Nothing to tell",emptyHint:"Your alerts appear here."},trackingPages:{title:"Tracking pages",make:"Make a tracking link for a shipment",find:"Find shipment",notFound:"There is no such shipment.",create:"Create link",link:"Link",views:"Views",viewed:{one:"{n} view",other:"{n} views"},expires:"Expires",actions:"Actions",revoke:"Revoke",empty:"No tracking links yet",emptyHint:"A tracking link shows a shopper where a shipment is, in your brand."},status:{pending:"Pending",confirmed:"Confirmed",processing:"Processing",partially_shipped:"Partly shipped",shipped:"Shipped",delivered:"Delivered",cancelled:"Cancelled",returned:"Returned",refunded:"Refunded",on_hold:"On hold",label_created:"Label created",picked_up:"Picked up",in_transit:"In transit",out_for_delivery:"Out for delivery",available_for_pickup:"Ready for pickup",attempt_failed:"Delivery attempt failed",exception:"Held up",unpaid:"Unpaid",paid:"Paid",partially_refunded:"Partly refunded",unfulfilled:"Unfulfilled",partially_fulfilled:"Partly fulfilled",fulfilled:"Fulfilled",approved:"Approved",denied:"Denied",expired:"Expired",applying:"Being applied",applied:"Done in the shop",failed:"Failed",manual:"Done by hand",active:"Active",paused:"Paused",error:"Error",disconnected:"Disconnected",pending_oauth:"Waiting for consent",queued:"Queued",running:"Running",succeeded:"Succeeded",skipped:"Skipped",disabled:"Switched off",failing:"Failing",revoked:"Revoked"}};var ks={de:async()=>(await import("./de-W74C57ES.js")).de};function Ts(n){return n.map(t=>t?.toLowerCase().split("-")[0]??"").find(t=>t==="en"||t in ks)??"en"}async function _s(n){return await ks[n]?.().catch(()=>K)??K}var me=class{constructor(){this.state="missing";this.info=null;this.error=null;this.offline=!1;this.texts=null;this.format=new te("en");this.renewals=0;this.#t=null;this.#e=null;this.#s="";this.#i=null;this.#r=new Set}#t;#e;#s;#i;#r;add(s){this.#r.add(s)}remove(s){this.#r.delete(s)}get usable(){return this.state==="ready"||this.state==="expired"?!0:this.state==="starting"&&!this.#e?.organization&&!this.#e?.publishableKey}allows(s,t){if(!this.info)return!0;let e=typeof t=="string"?[t]:t;return this.has(s)&&e.some(i=>this.info.enabledFeatures.includes(i))}has(s){let t=this.info?.scopes??[];return t.includes(s)||t.includes(s.replace(":read",":write"))}async setLanguage(s){let t=Ts(s);if(t===this.#s)return;this.#s=t;let e=t==="en"?K:await _s(t);if(t!==this.#s)return;this.texts=e;let i=s.find(r=>r?.toLowerCase().startsWith(`${t}-`));this.format=new te(i??t),this.#l()}get supportName(){let s=this.info?.organization.branding.company_name;return typeof s=="string"&&s.trim()?s.trim():(this.texts??K).states.support}async begin(s){let t=this.#e;if(this.#e=s,t!==null&&this.#t!==null&&t.baseUrl===s.baseUrl&&t.publishableKey===s.publishableKey&&t.externalId===s.externalId&&s.sessionToken&&s.sessionToken!==t.sessionToken)this.#t.setSessionToken(s.sessionToken);else{if(!s.sessionToken&&!s.fetchSession&&!s.publishableKey){this.#n("missing");return}this.#t=this.#o(s)}this.#i=s.sessionToken,await this.#d()}async restart(){this.#t&&await this.#d()}async call(s){let t=await s(this.#t);return this.#h(t.error),t}#o(s){return qe({baseUrl:s.baseUrl,publishableKey:s.publishableKey??void 0,sessionToken:s.sessionToken,fetchSession:s.fetchSession?()=>this.#a(s.fetchSession):void 0,...s.fetch?{fetch:s.fetch}:{}})}async#a(s){let t=await s(),e=this.#i===null;return this.#i=typeof t=="string"?t:t.token,!e&&typeof t=="string"&&queueMicrotask(()=>{this.#c()}),t}async#d(){let s=this.#t;this.#n(this.state==="expired"?"expired":"starting");let{publishableKey:t,externalId:e,userHash:i,sessionToken:r,fetchSession:o}=this.#e;if(t&&!r&&!o){let d=await s.embed.createAutoSession({externalId:e??"",userHash:i});if(s!==this.#t)return;if(d.error)return this.#u(d.error)}await this.#c()}async#c(){let s=this.#t,{data:t,error:e}=await s.embed.session.get();if(s!==this.#t)return;if(e)return this.#u(e);let i=this.#e.organization;if(i!==null&&i!==t.organization.slug){this.#t=null,this.#n("refused");return}this.#i&&s.setSessionToken(this.#i,t.expiresAt),this.info=t,this.#p()}#h(s){let t=s?.status===0&&s.code==="NETWORK_ERROR";Rs(s)?this.#n("expired",s):this.state==="expired"&&!s?this.#p():t!==this.offline&&(this.offline=t,this.#l())}#p(){this.state!=="starting"&&this.state!=="ready"&&(this.renewals+=1),this.offline=!1,this.#n("ready")}#u(s){this.offline=s.code==="NETWORK_ERROR",this.#n(Rs(s)?"expired":"failed",s)}#n(s,t=null){this.state=s,this.error=t,this.#l()}#l(){for(let s of[...this.#r])s.sessionChanged()}};function Rs(n){return n?.status===401||n?.code==="SESSION_NOT_RENEWED"}var Ss=k`
  :host {
    color-scheme: light dark;
    --o-accent: var(--orderly-accent, var(--brand-accent));
    --o-fill: var(--orderly-accent, var(--brand-fill));
    --o-on-fill: var(--orderly-on-accent, var(--brand-on-fill));
    --o-tint: var(--orderly-tint, var(--brand-tint));
    --o-page: var(--orderly-background, light-dark(#f5f6f8, #0f1217));
    --o-card: var(--orderly-surface, light-dark(#ffffff, #181c23));
    --o-hover: light-dark(#f5f6f8, #1f242d);
    --o-text: var(--orderly-text, light-dark(#161a21, #ebeef2));
    --o-muted: var(--orderly-muted, light-dark(#556070, #a5afbc));
    --o-line: var(--orderly-line, light-dark(#e1e4e9, #2b313b));
    --o-field: light-dark(#858e9b, #717b8a);
    --o-good: light-dark(#0b6b4c, #63d5a9);
    --o-good-tint: light-dark(#e4f5ee, #14302a);
    --o-warn: light-dark(#864800, #f0b85a);
    --o-warn-tint: light-dark(#fdf1dc, #33291a);
    --o-bad: light-dark(#b01e2b, #ff9a9a);
    --o-bad-tint: light-dark(#fdeaea, #3a1f22);
    --o-quiet-tint: light-dark(#eceef1, #262c36);
    --o-radius: var(--orderly-radius, 8px);
    --o-shadow: 0 8px 28px -8px light-dark(#1018283d, #000000a0), 0 1px 2px light-dark(#1018281f, #00000060);
    --o-font: var(
      --orderly-font,
      -apple-system, 'Segoe UI', Roboto, system-ui, 'Helvetica Neue', Arial, sans-serif
    );
    --o-small: calc(var(--orderly-font-size, 14px) * 0.9286);
    --o-body: var(--orderly-font-size, 14px);
    --o-large: calc(var(--orderly-font-size, 14px) * 1.1429);
    --o-title: calc(var(--orderly-font-size, 14px) * 1.4286);
  }
`,C=k`
  :host {
    display: block;
    container-type: inline-size;
    color: var(--o-text);
    font: 400 var(--o-body) / 1.45 var(--o-font);
    text-align: start;
    overflow-wrap: anywhere;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: var(--o-title);
    line-height: 1.25;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  h3 {
    font-size: var(--o-body);
    line-height: 1.3;
    font-weight: 650;
  }
  svg {
    inline-size: 1.25em;
    block-size: 1.25em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .muted {
    color: var(--o-muted);
  }
  .small {
    font-size: var(--o-small);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .code {
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Roboto Mono', monospace;
    font-size: 0.93em;
  }
  .stack {
    display: grid;
    gap: 16px;
    min-inline-size: 0;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .row > .push,
  .head > .push {
    margin-inline-start: auto;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    min-block-size: 36px;
  }

  .card {
    min-inline-size: 0;
    border: 1px solid var(--o-line);
    border-radius: calc(var(--o-radius) + 2px);
    background: var(--o-card);
  }
  .pad {
    padding: 16px;
  }
  .card > h3 {
    padding: 14px 16px 0;
  }

  :focus-visible {
    outline: 2px solid var(--o-accent);
    outline-offset: 2px;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: 36px;
    padding: 5px 12px;
    border: 1px solid var(--o-line);
    border-radius: var(--o-radius);
    background: var(--o-card);
    color: var(--o-text);
    font-weight: 550;
    line-height: 1.3;
    text-decoration: none;
    cursor: pointer;
  }
  .button:hover {
    background: var(--o-hover);
  }
  .button.primary {
    border-color: transparent;
    background: var(--o-fill);
    color: var(--o-on-fill);
  }
  .button.primary:hover {
    box-shadow: inset 0 0 0 99px light-dark(#0000001a, #ffffff1f);
  }
  .button.danger {
    color: var(--o-bad);
  }
  .button.quiet {
    border-color: transparent;
    background: none;
    color: var(--o-accent);
  }
  .button.quiet:hover {
    background: var(--o-tint);
  }
  .button.icon {
    min-inline-size: 36px;
    padding: 5px;
  }
  .button:disabled {
    opacity: 0.55;
    cursor: default;
    pointer-events: none;
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--o-accent);
    font-weight: 550;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }
  .link:hover {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .field {
    display: grid;
    gap: 4px;
    min-inline-size: 0;
  }
  .field > span,
  .label {
    font-size: var(--o-small);
    font-weight: 550;
  }
  .input {
    inline-size: 100%;
    min-block-size: 36px;
    padding: 6px 10px;
    border: 1px solid var(--o-field);
    border-radius: var(--o-radius);
    background: var(--o-card);
    text-overflow: ellipsis;
  }
  textarea.input {
    min-block-size: 84px;
    resize: vertical;
  }
  select.input {
    padding-inline-end: 4px;
  }
  .input::placeholder {
    color: var(--o-muted);
    opacity: 1;
  }
  .input[aria-invalid='true'] {
    border-color: var(--o-bad);
  }
  .hint {
    color: var(--o-muted);
    font-size: var(--o-small);
  }
  .problem {
    color: var(--o-bad);
    font-size: var(--o-small);
  }
  .check {
    display: flex;
    gap: 8px;
    align-items: start;
    min-block-size: 24px;
  }
  .check input {
    inline-size: 18px;
    block-size: 18px;
    margin: 1px 0 0;
    flex: none;
    accent-color: var(--o-accent);
  }

  .badge {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    padding: 1px 8px;
    border-radius: 99px;
    background: var(--o-quiet-tint);
    color: var(--o-text);
    font-size: var(--o-small);
    font-weight: 550;
    line-height: 1.5;
  }
  .badge::before {
    content: '';
    flex: none;
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: currentColor;
  }
  .badge.good {
    background: var(--o-good-tint);
    color: var(--o-good);
  }
  .badge.warn {
    background: var(--o-warn-tint);
    color: var(--o-warn);
  }
  .badge.bad {
    background: var(--o-bad-tint);
    color: var(--o-bad);
  }
  .badge.active {
    background: var(--o-tint);
    color: var(--o-accent);
  }

  .notice {
    display: flex;
    gap: 10px;
    align-items: start;
    padding: 10px 12px;
    border-radius: var(--o-radius);
    background: var(--o-quiet-tint);
  }
  .notice.warn {
    background: var(--o-warn-tint);
    color: var(--o-warn);
  }
  .notice.bad {
    background: var(--o-bad-tint);
    color: var(--o-bad);
  }
  .notice.good {
    background: var(--o-good-tint);
    color: var(--o-good);
  }
  .notice > :nth-child(2) {
    flex: 1;
    min-inline-size: 0;
  }

  .state {
    display: grid;
    justify-items: center;
    gap: 6px;
    padding: 40px 20px;
    text-align: center;
    text-wrap: balance;
  }
  .state svg {
    inline-size: 28px;
    block-size: 28px;
    margin-block-end: 4px;
    color: var(--o-muted);
  }
  .state strong {
    font-weight: 650;
  }
  .state p {
    max-inline-size: 44ch;
    color: var(--o-muted);
  }
  .state .button {
    margin-block-start: 10px;
  }

  .bone {
    display: block;
    block-size: 12px;
    border-radius: 6px;
    background: var(--o-quiet-tint);
    animation: pulse 1.4s ease-in-out infinite alternate;
  }
  @keyframes pulse {
    from {
      opacity: 1;
    }
    to {
      opacity: 0.5;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }

  .bones {
    display: flex;
    justify-content: space-between;
    gap: 24px;
    padding: 15px 14px;
  }
  .w1 {
    inline-size: 45%;
  }
  .w2 {
    inline-size: 60%;
  }
  .w3 {
    inline-size: 35%;
  }
  .w4 {
    inline-size: 18%;
  }

  .facts {
    display: grid;
    gap: 12px 24px;
    grid-template-columns: repeat(auto-fill, minmax(min(130px, 100%), 1fr));
  }
  .facts dt {
    color: var(--o-muted);
    font-size: var(--o-small);
  }
  .facts dd {
    font-weight: 550;
  }
`,B=k`
  .scroll {
    position: relative;
    overflow: hidden;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
  }
  th {
    padding: 9px 12px;
    border-block-end: 1px solid var(--o-line);
    color: var(--o-muted);
    font-size: var(--o-small);
    font-weight: 550;
    text-align: start;
    white-space: nowrap;
  }
  td {
    padding: 10px 12px;
    border-block-end: 1px solid var(--o-line);
    vertical-align: top;
  }
  tr > :first-child {
    padding-inline-start: 16px;
  }
  tr > :last-child {
    padding-inline-end: 16px;
  }
  tbody tr:last-child td {
    border-block-end: 0;
  }
  tbody tr.open:hover {
    background: var(--o-hover);
    cursor: pointer;
  }
  .end {
    text-align: end;
  }
  .nowrap {
    white-space: nowrap;
  }
  td .also {
    display: block;
    color: var(--o-muted);
    font-size: var(--o-small);
  }
  .stale {
    opacity: 0.6;
  }
  .toolbar {
    display: grid;
    gap: 8px 12px;
    align-items: end;
  }
  @container (min-width: 900px) {
    .toolbar {
      grid-template-columns: minmax(260px, 2fr) minmax(0, 3fr);
    }
  }
  .search {
    position: relative;
    display: block;
  }
  .search svg {
    position: absolute;
    inset-block-start: 9px;
    inset-inline-start: 10px;
    color: var(--o-muted);
    pointer-events: none;
  }
  .search .input {
    padding-inline-start: 34px;
  }
  .fold {
    display: none;
    justify-self: start;
  }
  .others {
    display: grid;
    gap: 8px 12px;
    grid-template-columns: repeat(auto-fit, minmax(min(140px, 100%), 1fr));
  }
  @container (max-width: 620px) {
    .fold {
      display: inline-flex;
    }
    .others:not(.unfolded) {
      display: none;
    }
  }
  @container (max-width: 620px) {
    .cards table,
    .cards tbody {
      display: block;
    }
    .cards thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .cards tr {
      display: grid;
      grid-template-columns: 1fr auto;
      gap: 2px 12px;
      padding: 12px 14px;
      border-block-end: 1px solid var(--o-line);
    }
    .cards tbody tr:last-child {
      border-block-end: 0;
    }
    .cards tr > td {
      padding: 0;
      border: 0;
    }
    .cards td.first {
      grid-column: 1;
    }
    .cards td.second {
      grid-row: 1;
      grid-column: 2;
      text-align: end;
    }
    .cards td.wide {
      grid-column: 1 / -1;
    }
    .cards td.date {
      order: 1;
    }
    .cards td.end {
      order: 2;
    }
    .cards td.skip {
      display: none;
    }
    .cards td:empty {
      display: none;
    }
  }
`;var Es=[255,255,255],Cs=[18,21,27],xr="#2f4b7c",fe={light:{page:"#f5f6f8",card:"#ffffff"},dark:{page:"#0f1217",card:"#181c23"}};function Ps(n){let s=qt(n)??qt(xr);return{light:wr(s),dark:kr(s)}}function wr(n){let s=Ms(n,Es)>=3.1,t=s?Es:Cs,e=qt(fe.light.card),i=Os(n,e,.08);return{fill:gt(De(n,[t],s?-1:1)),onFill:gt(t),accent:gt(De(n,[qt(fe.light.page),e,i],-1)),tint:gt(i)}}function kr(n){let s=qt(fe.dark.card),t=Os(n,s,.16),e=De(n,[qt(fe.dark.page),s,t],1);return{fill:gt(e),onFill:gt(Cs),accent:gt(e),tint:gt(t)}}function De(n,s,t){let e=n;for(let i=0;Math.abs(i)<=100&&(e=Tr(n,i),!s.every(r=>Ms(e,r)>=4.5));i+=t);return e}function qt(n){let s=typeof n=="string"?n.trim().toLowerCase():"";if(!/^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.test(s))return null;let t=s.length>5?s.slice(1):[...s.slice(1)].map(e=>e+e).join("");return[0,2,4].map(e=>parseInt(t.slice(e,e+2),16))}function Ms(n,s){let[t,e]=[As(n),As(s)].sort((i,r)=>i-r);return(e+.05)/(t+.05)}function As(n){let[s,t,e]=n.map(i=>{let r=i/255;return r<=.04045?r/12.92:((r+.055)/1.055)**2.4});return .2126*s+.7152*t+.0722*e}function Os(n,s,t){return n.map((e,i)=>Math.round(e*t+s[i]*(1-t)))}function gt(n){return`#${n.map(s=>s.toString(16).padStart(2,"0")).join("")}`}function Tr(n,s){let[t,e,i]=n.map(Z=>Z/255),[r,o]=[Math.min(t,e,i),Math.max(t,e,i)],d=o-r,c=Math.min(1,Math.max(0,(o+r)/2+s/100)),u=(o+r)/2,g=d===0?0:d/(1-Math.abs(2*u-1)),f=0;d!==0&&(o===t?f=((e-i)/d+6)%6:o===e?f=(i-t)/d+2:f=(t-e)/d+4);let O=g*Math.min(c,1-c),L=Z=>{let Ft=(Z+f*2)%12;return Math.round(255*(c-O*Math.max(-1,Math.min(Ft-3,9-Ft,1))))};return[L(0),L(8),L(4)]}var _r={alert:"M12 9v4m0 3.5v.01M10.3 4.2 2.6 17.5A2 2 0 0 0 4.3 20.5h15.4a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0z",back:"M15 5l-7 7 7 7",bell:"M6 9a6 6 0 0 1 12 0c0 6 2.5 7 2.5 7h-17S6 15 6 9m4.2 11a2 2 0 0 0 3.6 0",box:"M3.5 7.5 12 3l8.5 4.5v9L12 21l-8.5-4.5zM3.5 7.5 12 12l8.5-4.5M12 12v9",check:"M5 12.5l4.5 4.5L19 7.5",clock:"M12 7v5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",close:"M6 6l12 12M18 6 6 18",copy:"M9 9h10.5v11.5H9zM15 9V4H4.5v11.5H9",download:"M12 4v11m-4.5-4.5L12 15l4.5-4.5M4.5 19.5h15",filter:"M4 6h16M7 12h10M10 18h4",inbox:"M4 13.5 6.5 5h11l2.5 8.5v5.5H4zm0 0h4.5l1.5 2.5h4l1.5-2.5H20",link:"M10 14a4 4 0 0 0 6 .4l3-3a4.2 4.2 0 0 0-6-6l-1.500 1.500M14 10a4 4 0 0 0-6-.4l-3 3a4.200 4.200 0 0 0 6 6l1.500-1.500",lock:"M6 11h12v9.500H6zM8.500 11V7.500a3.500 3.500 0 0 1 7 0V11",more:"M5 12h.01M12 12h.01M19 12h.01",offline:"M4 4l16 16M8.500 15.500a5 5 0 0 1 6 0M5 12a10 10 0 0 1 4-2.400M2 8.500a15 15 0 0 1 4-2.600M14 9.300a10 10 0 0 1 5 2.700M10.500 5a15 15 0 0 1 11.500 3.500M12 19v.01",plug:"M9 3v5m6-5v5M6.500 8h11v3.500a5.500 5.500 0 0 1-11 0zM12 17v4",plus:"M12 5v14M5 12h14",search:"M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 20.500 20.500",truck:"M2.500 6h12v10.500h-12zM14.500 10h4l3 3.500v3h-7M6.500 19.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zm11 0a2 2 0 1 0 0-4 2 2 0 0 0 0 4z"};function $(n){return a`<svg viewBox="0 0 24 24" aria-hidden="true">${vs`<path d=${_r[n]} />`}</svg>`}function E(n,s,t=l,e=l,i=null){return a`<div class="state" part="state" role=${i??l}>
    ${$(n)}<strong>${s}</strong>${t===l?l:a`<p>${t}</p>`}${e}
  </div>`}function ge(n,s,t,e){let i=s.states,r=a`<button class="button" type="button" @click=${t}>${s.actions.retry}</button>`;if(n.status===401||n.code==="SESSION_NOT_RENEWED")return E("clock",i.expired,i.expiredHint,r,"alert");if(n.status===0)return E("offline",i.offline,i.offlineHint,r,"alert");if(n.code==="feature_disabled")return E("lock",i.featureOff,S(i.forbiddenHint,{name:e}),l,"alert");if(n.status===403)return E("lock",i.forbidden,S(i.forbiddenHint,{name:e}),l,"alert");if(n.status===404||n.status===410)return E("search",i.notFound,l,l,"alert");if(n.status===429)return E("clock",i.busy,l,r,"alert");let o=n.requestId?S(i.reference,{id:n.requestId}):l;return E("alert",i.error,o,r,"alert")}function W(n,s){let t=["w1","w2","w3"];return a`<div class="skeleton" role="status" aria-live="polite">
    <span class="hidden">${s.states.loading}</span>
    ${Array.from({length:n},(e,i)=>a`<div class="bones"><span class="bone ${t[i%3]}"></span><span class="bone w4"></span></div>`)}
  </div>`}var Rr=new URL("..",import.meta.url).href,Dt,ee,se,V,Ns,He,qs,ze,j=class extends lt{constructor(){super(...arguments);y(this,V);this.baseUrl=null;this.sessionToken=null;this.publishableKey=null;this.externalId=null;this.userHash=null;this.organization=null;this.theme=null;this.lang="";this.fetchSession=null;this.fetch=null;this.session=new me;y(this,Dt,new CSSStyleSheet);y(this,ee,null);y(this,se,!1)}connectedCallback(){super.connectedCallback(),this.session.add(this)}disconnectedCallback(){super.disconnectedCallback(),this.session.remove(this)}createRenderRoot(){let t=super.createRenderRoot();return t instanceof ShadowRoot&&(t.adoptedStyleSheets=[w(this,Dt),...t.adoptedStyleSheets]),p(this,V,He).call(this,null),t}willUpdate(t){if(!this.hasUpdated||t.has("lang")){let i=this.parentElement?.closest("[lang]")?.lang;this.session.setLanguage([this.lang,i,...navigator.languages])}let e=["baseUrl","sessionToken","publishableKey","externalId","userHash","organization","fetchSession","fetch"];(!this.hasUpdated||e.some(i=>t.has(i)))&&this.session.begin(p(this,V,Ns).call(this))}sessionChanged(){let t=this.session.info;if(t&&p(this,V,He).call(this,t.organization.branding.primary_color),t&&!w(this,se)&&(G(this,se,!0),this.dispatchEvent(new CustomEvent("orderly-ready",{detail:t,bubbles:!0,composed:!0}))),this.session.error&&(this.session.state==="failed"||this.session.state==="expired")){let e={component:this.localName,...this.session.error};this.dispatchEvent(new CustomEvent("orderly-error",{detail:e,bubbles:!0,composed:!0}))}this.requestUpdate()}render(){if(!this.session.texts)return l;if(w(this,V,qs))return a`${p(this,V,ze).call(this)}`;let t=this.childElementCount?l:a`<orderly-portal></orderly-portal>`;return a`${p(this,V,ze).call(this)}${t}<slot @slotchange=${()=>this.requestUpdate()}></slot>`}};Dt=new WeakMap,ee=new WeakMap,se=new WeakMap,V=new WeakSet,Ns=function(){let{sessionToken:t,publishableKey:e,externalId:i,userHash:r,organization:o,fetchSession:d}=this,c=new URL(this.baseUrl??Rr,document.baseURI).href,u=this.fetch&&this.fetch.bind(globalThis);return{baseUrl:c,sessionToken:t,publishableKey:e,externalId:i,userHash:r,organization:o,fetchSession:d,fetch:u}},He=function(t){if(w(this,ee)===t&&w(this,Dt).cssRules.length)return;G(this,ee,t);let{light:e,dark:i}=Ps(t),r=o=>`light-dark(${e[o]},${i[o]})`;w(this,Dt).replaceSync(`:host{--brand-fill:${r("fill")};--brand-on-fill:${r("onFill")};--brand-accent:${r("accent")};--brand-tint:${r("tint")}}`)},qs=function(){let{state:t,info:e}=this.session;return t==="refused"||t==="missing"||e===null&&(t==="expired"||t==="failed")},ze=function(){let{state:t,texts:e,error:i,info:r,offline:o}=this.session,d=(e??K).states;if(t==="missing")return l;if(t==="refused")return E("lock",d.refused,d.refusedHint,l,"alert");if(r===null&&i&&(t==="failed"||t==="expired"))return ge(i,e??K,()=>{this.session.restart()},d.support);let c=t==="expired"?[d.expired,d.expiredHint]:o?[d.offline,d.offlineHint]:null;return c?a`<div class="notice warn" role="alert">
      ${$(t==="expired"?"clock":"offline")}
      <div><strong>${c[0]}</strong> ${c[1]}</div>
      <button class="button" type="button" @click=${()=>this.session.restart()}>${(e??K).actions.retry}</button>
    </div>`:l},j.styles=[Ss,C,k`
      :host {
        container-type: normal;
      }
      :host([theme='light']) {
        color-scheme: light;
      }
      :host([theme='dark']) {
        color-scheme: dark;
      }
      .notice {
        margin-block-end: 12px;
      }
    `],h([R({attribute:"base-url"})],j.prototype,"baseUrl",2),h([R({attribute:"session-token"})],j.prototype,"sessionToken",2),h([R({attribute:"publishable-key"})],j.prototype,"publishableKey",2),h([R({attribute:"external-id"})],j.prototype,"externalId",2),h([R({attribute:"user-hash"})],j.prototype,"userHash",2),h([R()],j.prototype,"organization",2),h([R({reflect:!0})],j.prototype,"theme",2),h([R()],j.prototype,"lang",2),h([R({attribute:!1})],j.prototype,"fetchSession",2),h([R({attribute:!1})],j.prototype,"fetch",2),j=h([A("orderly-embed")],j);var D=class{constructor(s){this.busy=null;this.error=null;this.failed=null;this.#e=new Map;this.#t=s}#t;#e;async run(s,t){if(this.busy!==null)return;this.busy=s,this.error=this.failed=null,this.#t.requestUpdate();let{data:e,error:i}=await this.#t.session.call(r=>t(r,{idempotencyKey:this.#s(s)}));return this.busy=null,(!i||i.status>=400&&i.status<500&&i.status!==401)&&this.#e.delete(s),i&&(this.error=i,this.failed=s,this.#t.report(i)),this.#t.requestUpdate(),i?void 0:e}errorOf(s){return this.failed===s?this.error:null}clear(){this.error=this.failed=null}#s(s){let t=this.#e.get(s)??Sr();return this.#e.set(s,t),t}};function Sr(){return[...crypto.getRandomValues(new Uint8Array(16))].map(n=>n.toString(16).padStart(2,"0")).join("")}var N=class extends lt{constructor(){super(...arguments);this.session=null;this.resources=new Set;this.#t=0}static{this.styles=[C,B]}#t;get texts(){return this.session?.texts??K}get format(){return this.session.format}connectedCallback(){if(super.connectedCallback(),this.session=Er(this)?.session??null,!this.session){console.warn(`<${this.localName}> must be inside an <orderly-embed>.`);return}this.#t=this.session.renewals,this.session.add(this),this.sessionChanged()}disconnectedCallback(){super.disconnectedCallback(),this.session?.remove(this)}sessionChanged(){this.session.usable&&this.isAllowed&&(this.#t!==this.session.renewals&&this.#e(),this.#t=this.session.renewals,this.begin()),this.requestUpdate()}get isAllowed(){return this.session.allows(...this.needs)}render(){return!this.session?.texts||this.session.state==="refused"||this.session.state==="missing"?l:this.isAllowed?this.view():l}navigate(t,e=null){return this.emit("orderly-navigate",{view:t,id:e},{cancelable:!0})}emit(t,e,i={}){return this.dispatchEvent(new CustomEvent(t,{detail:e,bubbles:!0,composed:!0,...i}))}report(t){this.emit("orderly-error",{component:this.localName,...t})}problem(t){return ge(t.error,this.texts,()=>{t.load()},this.session.supportName)}#e(){for(let t of this.resources)t.error&&t.load()}};function Er(n){let s=n;for(;s;){let t=s.closest("orderly-embed");if(t)return t;let e=s.getRootNode();s=e instanceof ShadowRoot?e.host:null}return null}var H=class{constructor(s,t){this.answer=null;this.error=null;this.loading=!1;this.asked=!1;this.#s=null;this.#t=s,this.#e=t,s.resources.add(this)}#t;#e;#s;async load(){if(!this.#t.session?.usable)return;this.#s?.abort();let s=this.#s=new AbortController;this.asked=!0,this.loading=!0,this.#t.requestUpdate();let t=await this.#t.session.call(e=>this.#e(e,{signal:s.signal}));s===this.#s&&(this.#s=null,this.loading=!1,this.error=t.error,t.error===null?this.answer=t:this.#t.report(t.error),this.#t.requestUpdate())}clear(){this.#s?.abort(),this.#s=null,this.answer=this.error=null,this.loading=this.asked=!1}};var Ar={delivered:"good",fulfilled:"good",paid:"good",active:"good",approved:"good",succeeded:"good",applied:"good",processing:"active",shipped:"active",partially_shipped:"active",in_transit:"active",picked_up:"active",out_for_delivery:"active",available_for_pickup:"active",partially_fulfilled:"active",running:"active",applying:"active",on_hold:"warn",attempt_failed:"warn",unpaid:"warn",partially_refunded:"warn",paused:"warn",manual:"warn",pending_oauth:"warn",skipped:"warn",exception:"bad",error:"bad",disconnected:"bad",failed:"bad",denied:"bad"};function P(n,s){return a`<span class="badge ${Ar[n]??""}" part="badge">${z(n,s)}</span>`}function z(n,s){return Object.hasOwn(s.status,n)?s.status[n]:n.replaceAll("_"," ")}var Ue=["eq","ne","gt","gte","lt","lte","contains","starts_with"],Cr={order:["status","order_number","totals.total","currency","payment_status","fulfillment_status","customer.name","customer.email"],shipment:["status","carrier","service","tracking_number","estimated_delivery"],bridge:["name","type","status","error_message"]},Pr=new Set(["totals.total"]);function Ds(n){let s=n.split(".")[0];return Cr[s==="tracking"?"shipment":s]??["status"]}function Ie(n,s){let t=n.map(({field:e,operator:i,value:r})=>({field:e,operator:i,value:Pr.has(e)&&r.trim()!==""&&Number.isFinite(Number(r))?Number(r):r.trim()}));return t.length?t.length===1?t[0]:{[s]:t}:{}}function Le(n){for(let t of["all","any"]){let e=n[t];if(!Array.isArray(e))continue;let i=e.map(je);return Object.keys(n).length===1&&i.every(r=>r!==null)?{lines:i,joined:t}:null}if("field"in n){let t=je(n);return t&&{lines:[t],joined:"all"}}let s=Object.entries(n).map(([t,e])=>je({field:t,operator:"eq",value:e}));return s.every(t=>t!==null)?{lines:s,joined:"all"}:null}function je(n){let{field:s,operator:t,value:e}=n??{},i=typeof e=="string"||typeof e=="number";return typeof s!="string"||!Ue.includes(t)||!i?null:{field:s,operator:t,value:String(e)}}function Hs(n,s){let{alerts:t}=s;if(!Object.keys(n).length)return"";let e=Le(n);if(!e)return`, ${t.if} ${JSON.stringify(n)}`;let i=e.lines.map(({field:r,operator:o,value:d})=>`${t.fields[r]??r} ${t.operators[o]} “${s.status[d]??d}”`);return`, ${t.if} ${i.join(e.joined==="all"?t.and:t.or)}`}var zs=k`
  .line {
    display: grid;
    gap: 8px;
    grid-template-columns: 1.2fr 1fr 1.2fr auto;
  }
  @container (max-width: 560px) {
    .line {
      grid-template-columns: 1fr auto;
      padding-block-end: 8px;
      border-block-end: 1px solid var(--o-line);
    }
    .line > :nth-child(-n + 2) {
      grid-column: 1 / -1;
    }
  }
`;var Mr=2e3;function bt(n,s,t=s.actions.copy){return a`<button class="button" type="button" @click=${async i=>{let r=i.currentTarget,o=r.querySelector(".words");await Or(n,r)&&(o.textContent=s.actions.copied,setTimeout(()=>o.textContent=t,Mr))}}>
    ${$("copy")}<span class="words" role="status" .textContent=${t}></span>
  </button>`}async function Or(n,s){try{return await navigator.clipboard.writeText(n),!0}catch{let t=document.createElement("textarea");t.value=n,s.after(t),t.select();let e=document.execCommand("copy");return t.remove(),s.focus(),e}}function ht(n,s){return s.events[n]??n}function js(n,s,t){return a`<fieldset>
    <legend>${t.webhooks.events}</legend>
    <div class="two">
      ${n.map(e=>a`<label class="check">
          <input type="checkbox" name="events" value=${e} ?checked=${s.includes(e)} />
          <span>${ht(e,t)} <span class="hint code">${e}</span></span>
        </label>`)}
    </div>
  </fieldset>`}var vt=k`
  form,
  .form {
    display: grid;
    gap: 14px;
    padding: 16px;
  }
  .two {
    display: grid;
    gap: 14px;
    grid-template-columns: repeat(auto-fit, minmax(min(200px, 100%), 1fr));
  }
  fieldset {
    display: grid;
    gap: 8px;
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  legend {
    padding: 0;
    margin-block-end: 6px;
    font-size: var(--o-small);
    font-weight: 550;
  }
  .secret {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }
  .secret code {
    flex: 1 1 260px;
    padding: 8px 10px;
    border: 1px dashed var(--o-field);
    border-radius: var(--o-radius);
    background: var(--o-card);
    color: var(--o-text);
    user-select: all;
  }
`;function st(n,s,t,e,i={}){let r=Nr(e,n),o=[i.hint&&`${n}-hint`,r&&`${n}-problem`].filter(Boolean).join(" "),d={wrong:r?"true":"false",described:o||l};return a`<label class="field">
    <span>${s}</span>
    ${i.type==="area"?a`<textarea class="input" part="input" name=${n} maxlength=${i.maxlength??2e3} ?required=${i.required}
          aria-invalid=${d.wrong} aria-describedby=${d.described} .value=${t??""}></textarea>`:a`<input class="input" part="input" name=${n} type=${i.type??"text"} maxlength=${i.maxlength??500}
          min=${i.min??l} ?required=${i.required} placeholder=${i.placeholder??l}
          autocomplete=${i.autocomplete??"off"} aria-invalid=${d.wrong} aria-describedby=${d.described}
          .value=${t??""} />`}
    ${i.hint?a`<span class="hint" id="${n}-hint">${i.hint}</span>`:l}
    ${r?a`<span class="problem" id="${n}-problem">${r}</span>`:l}
  </label>`}function Ht(n,s,t,e,i){return a`<label class="field">
    <span>${s}</span>
    <select class="input" part="input" name=${n} @change=${r=>i?.(r.target.value)}>
      ${t.map(([r,o])=>a`<option value=${r} ?selected=${r===e}>${o}</option>`)}
    </select>
  </label>`}function Nr(n,s){return n?.details.find(({field:e})=>e===s||e.endsWith(`.${s}`))?.message??null}function I(n,s){if(!n)return l;let{states:t}=s,i=n.status===401||n.code==="SESSION_NOT_RENEWED"?t.expired:n.status===0?t.offline:qr(n);return a`<div class="notice bad" role="alert">${$("alert")}<div>${i}</div></div>`}function qr(n){return n.details.length?n.details.map(({field:s,message:t})=>`${s}: ${t}`).join("; "):n.message}function yt(n){n.preventDefault();let s=new FormData(n.target);return{data:s,text:t=>String(s.get(t)??"").trim()}}var Dr=/^[=+\-@\t\r]/;function Us(n){return n.map(s=>`${s.map(Hr).join(",")}\r
`).join("")}function Hr(n){if(typeof n=="number")return String(n);let s=n??"",t=Dr.test(s)?`'${s}`:s;return/[",\r\n]/.test(t)?`"${t.replaceAll('"','""')}"`:t}function Is(n,s){let t=URL.createObjectURL(new Blob(["\uFEFF",s],{type:"text/csv;charset=utf-8"})),e=document.createElement("a");e.href=t,e.download=n,e.click(),setTimeout(()=>URL.revokeObjectURL(t),6e4)}var zr=250,jr=50,U=class extends N{constructor(){super(...arguments);this.pageSize=25;this.filters={};this.exported=null;this.unfolded=!1;this.cursors=[];this.searchTimer=0;this.exporting=null;this.page=new H(this,(t,e)=>this.read(t,this.query(this.cursors.at(-1)),e))}begin(){this.page.asked||this.page.load()}willUpdate(t){t.has("pageSize")&&(this.pageSize=Math.min(50,Math.max(1,Math.round(this.pageSize)||25)))}get rows(){return this.page.answer?.data??[]}get isFiltered(){return Object.values(this.filters).some(Boolean)}refresh(){this.page.load()}query(t,e=this.pageSize){return{...this.sent(this.filters),limit:String(e),cursor:t}}sent(t){let{from:e,to:i,...r}=t;return{...r,from:e&&Ls(e,0),to:i&&Ls(i,1)}}filter(t){let e={...this.filters,...t};this.filters=Object.fromEntries(Object.entries(e).filter(([,i])=>i)),this.cursors=[],this.page.load()}clearFilters(){this.filters={},this.cursors=[],this.page.load()}searchField(t){return a`<label class="search">
      <span class="hidden">${t}</span>${$("search")}
      <input
        class="input"
        type="search"
        part="input"
        maxlength="100"
        placeholder=${t}
        .value=${this.filters.search??""}
        @input=${this.onSearch}
      />
    </label>`}selectField(t,e,i){return a`<label class="field">
      <span>${e}</span>
      <select
        class="input"
        part="input"
        .value=${this.filters[t]??""}
        @change=${r=>this.filter({[t]:r.target.value})}
      >
        <option value="">${this.texts.list.all}</option>
        ${i.map(([r,o])=>a`<option value=${r} ?selected=${this.filters[t]===r}>${o}</option>`)}
      </select>
    </label>`}dayField(t){return a`<label class="field">
      <span>${this.texts.list[t]}</span>
      <input
        class="input"
        part="input"
        type="date"
        .value=${this.filters[t]??""}
        min=${t==="to"&&this.filters.from||l}
        max=${t==="from"&&this.filters.to||l}
        @change=${e=>this.filter({[t]:e.target.value})}
      />
    </label>`}toolbar(t,e){let i=Object.entries(this.filters).filter(([r,o])=>r!=="search"&&o).length;return a`<div class="toolbar" role="search">
      ${t}
      <button
        class="button fold"
        type="button"
        aria-expanded=${this.unfolded}
        @click=${()=>this.unfolded=!this.unfolded}
      >
        ${$("filter")}${this.texts.actions.filters}${i?` (${i})`:""}
      </button>
      <div class="others ${this.unfolded?"unfolded":""}">${e}</div>
    </div>`}list(){let{answer:t,error:e,loading:i}=this.page;return e&&!i?a`<div class="card">${this.problem(this.page)}</div>`:t?this.rows.length?a`<div class="card scroll cards" part="list" aria-busy=${i}>
        <table role="table">
          <thead role="rowgroup">
            ${this.head()}
          </thead>
          <tbody role="rowgroup" class=${i?"stale":""}>
            ${this.rows.map(r=>this.row(r))}
          </tbody>
        </table>
      </div>
      ${this.pager(t.pagination)}`:a`<div class="card">${this.isFiltered?this.nothingMatches():this.empty()}</div>`:a`<div class="card">${W(8,this.texts)}</div>`}nothingMatches(){let t=a`<button class="button" type="button" @click=${this.clearFilters}>${this.texts.actions.clear}</button>`;return E("search",this.texts.list.none,l,t,"status")}pager(t){let e=this.texts.list,i=t.totalCapped?S(e.totalCapped,{n:this.format.number(t.total)}):this.format.plural(t.total,e.total),r=!this.cursors.length&&!t.hasMore;return a`<nav class="row pager" aria-label=${S(e.page,{n:this.cursors.length+1})}>
      <span class="muted small" role="status">${i}</span>
      ${r?l:a`<span class="push row">
            <span class="muted small">${S(e.page,{n:this.format.number(this.cursors.length+1)})}</span>
            <button class="button" type="button" ?disabled=${!this.cursors.length} @click=${this.back}>
              ${this.texts.actions.previous}
            </button>
            <button
              class="button"
              type="button"
              ?disabled=${!t.nextCursor}
              @click=${()=>this.forward(t.nextCursor)}
            >
              ${this.texts.actions.next}
            </button>
          </span>`}
    </nav>`}back(){this.cursors.pop(),this.turn()}forward(t){this.cursors.push(t),this.turn()}async turn(){await this.page.load(),this.getBoundingClientRect().top<0&&this.scrollIntoView({block:"start"})}onSearch(t){let e=t.target.value.trim();clearTimeout(this.searchTimer),this.searchTimer=setTimeout(()=>this.filter({search:e}),zr)}exportButton(){let t=this.texts.actions;return this.exported!==null?a`<span class="row push" role="status">
        <span class="muted small">${S(t.exporting,{n:this.format.number(this.exported)})}</span>
        <button class="button" type="button" @click=${()=>this.exporting?.abort()}>${t.stop}</button>
      </span>`:a`<button class="button push" type="button" ?disabled=${!this.rows.length} @click=${this.export}>
      ${$("download")}${t.export}
    </button>`}async export(){let t=this.exporting=new AbortController,e=[],i,r=null;do{this.exported=e.length;let o=await this.session.call(d=>this.read(d,this.query(i,jr),{signal:t.signal}));if(r=o.error,o.error)break;e.push(...o.data),i=o.pagination.nextCursor??void 0}while(i&&!t.signal.aborted);if(this.exported=null,!t.signal.aborted)if(r)this.report(r);else{let o=this.csv(e);Is(o.name,Us(o.rows))}}};h([R({type:Number,attribute:"page-size"})],U.prototype,"pageSize",2),h([b()],U.prototype,"filters",2),h([b()],U.prototype,"exported",2),h([b()],U.prototype,"unfolded",2);function Ls(n,s){let[t,e,i]=n.split("-").map(Number),r=new Date(t,e-1,i+s);return Number.isNaN(r.getTime())?n:r.toISOString()}var Ur=["pending","succeeded","failed","skipped"],Fs=36e5,dt,Bs,Fe,Be,mt=class extends U{constructor(){super(...arguments);y(this,dt);this.needs=["webhooks:read",["end_user_webhooks","smart_alerts"]];this.of="webhook";this.owner="";this.shown=null;this.queued=null;this.action=new D(this)}get isAllowed(){return this.of==="rule"?this.session.allows("alerts:read","smart_alerts"):super.isAllowed}async read(t,e,i){let r=this.of==="rule"?t.embed.alertRules:t.embed.webhooks,o={...e,from:e.from??new Date(Date.now()-720*Fs).toISOString()};return await r.deliveries(this.owner,o,i)}view(){let t=this.texts.webhooks,e=this.session.has(this.of==="rule"?"alerts:write":"webhooks:write");return a`<section class="stack">
      <div class="row">
        <h3>${t.deliveries}</h3>
        ${e?a`<span class="push row">
              <button class="button" type="button" ?disabled=${this.action.busy!==null} @click=${()=>p(this,dt,Fe).call(this,24)}>
                ${t.replayDay}
              </button>
              <button class="button" type="button" ?disabled=${this.action.busy!==null} @click=${()=>p(this,dt,Fe).call(this,168)}>
                ${t.replayWeek}
              </button>
            </span>`:l}
      </div>
      ${this.queued===null?l:a`<p role="status" class="muted">${this.format.plural(this.queued,t.queued)}</p>`}
      ${I(this.action.error,this.texts)}
      <div class="others unfolded">
        ${this.selectField("status",this.texts.list.status,Ur.map(i=>[i,z(i,this.texts)]))}
        ${this.dayField("from")}${this.dayField("to")}
      </div>
      ${this.list()}
    </section>`}head(){let t=this.texts.webhooks;return a`<tr role="row">
      <th role="columnheader">${t.event}</th>
      <th role="columnheader">${this.texts.list.status}</th>
      <th role="columnheader">${t.answer}</th>
      <th role="columnheader">${t.time}</th>
    </tr>`}row(t){let e=this.texts.webhooks,i=t.response_status??t.error_class??"",r=t.order_number??t.tracking_number,o=!!(t.response_snippet||t.error),d=this.shown===t.id;return a`<tr role="row">
      <td role="cell" class="first">
        ${ht(t.event_type,this.texts)} ${r?a`<span class="also code">${r}</span>`:l}
      </td>
      <td role="cell" class="second">${P(t.status,this.texts)}</td>
      <td role="cell" class="wide">
        ${i}
        ${o?a`<button class="link small" type="button" aria-expanded=${d} @click=${()=>this.shown=d?null:t.id}>
              ${e.details}
            </button>`:l}
        ${d?a`<pre>${t.error??""}${t.error&&t.response_snippet?`
`:""}${t.response_snippet??""}</pre>`:l}
        ${t.next_attempt_at?a`<span class="also">${S(e.nextAttempt,{time:this.format.dateTime(t.next_attempt_at)})}</span>`:l}
      </td>
      <td role="cell" class="muted wide">
        ${this.format.dateTime(t.created_at)} <span class="also">${S(e.attempt,{n:t.attempt})}</span>
        ${t.status==="succeeded"?l:a`<button class="link small" type="button" ?disabled=${this.action.busy!==null} @click=${()=>p(this,dt,Bs).call(this,t)}>
              ${e.retry}
            </button>`}
      </td>
    </tr>`}empty(){return E("inbox",this.texts.webhooks.noDeliveries,l,l,"status")}csv(){return{name:"deliveries.csv",rows:[]}}};dt=new WeakSet,Bs=async function(t){let e=await this.action.run(t.id,i=>(this.of==="rule"?i.embed.alertRules:i.embed.webhooks).retryDelivery(this.owner,t.delivery_id));e&&p(this,dt,Be).call(this,e.queued)},Fe=async function(t){let e=new Date(Date.now()-t*Fs).toISOString(),i=await this.action.run("replay",r=>(this.of==="rule"?r.embed.alertRules:r.embed.webhooks).replay(this.owner,{since:e}));i&&p(this,dt,Be).call(this,i.queued)},Be=function(t){this.queued=t,this.refresh()},mt.styles=[C,B,k`
      :host {
        border-block-start: 1px solid var(--o-line);
        padding: 14px 16px 16px;
      }
      .fold {
        display: none;
      }
      pre {
        margin: 6px 0 0;
        padding: 8px 10px;
        border-radius: 6px;
        background: var(--o-quiet-tint);
        font-size: var(--o-small);
        white-space: pre-wrap;
      }
    `],h([R()],mt.prototype,"of",2),h([R()],mt.prototype,"owner",2),h([b()],mt.prototype,"shown",2),h([b()],mt.prototype,"queued",2),mt=h([A("orderly-deliveries")],mt);var Ir=["shipment.exception","shipment.delivered","shipment.shipped","shipment.created","tracking.updated","order.created","order.updated","order.status_changed","bridge.connected","bridge.disconnected","bridge.sync_completed"],Lr=["in_app","webhook","both"],T,We,Ws,Gs,Ks,Ge,Vs,Ys,Js,Ke,Xs,Zs,Qs,ti,it=class extends N{constructor(){super(...arguments);y(this,T);this.needs=["alerts:read","smart_alerts"];this.draft=null;this.dryRun=null;this.sure=null;this.deliveries=null;this.secret=null;this.action=new D(this);this.trial=new D(this);this.rules=new H(this,(t,e)=>t.embed.alertRules.list({},e))}begin(){this.rules.asked||this.rules.load()}view(){let t=this.texts.alerts;return a`<section class="stack">
      <div class="head">
        <h2>${t.title}</h2>
        ${w(this,T,We)&&this.draft===null?a`<button class="button primary push" type="button" @click=${()=>p(this,T,Ke).call(this,null)}>${$("plus")}${t.add}</button>`:l}
      </div>
      ${this.draft&&this.draft.id===null?a`<div class="card">${p(this,T,Ge).call(this,this.draft,null)}</div>`:l}
      ${p(this,T,Ws).call(this)}
    </section>`}};T=new WeakSet,We=function(){return this.session.info!==null&&this.session.has("alerts:write")},Ws=function(){let{answer:t,error:e,loading:i}=this.rules;if(e&&!i&&!t)return a`<div class="card">${this.problem(this.rules)}</div>`;if(!t)return a`<div class="card">${W(3,this.texts)}</div>`;if(!t.data.length&&!this.draft){let r=this.texts.alerts;return a`<div class="card">${E("bell",r.empty,r.emptyHint,l,"status")}</div>`}return a`${t.data.map(r=>p(this,T,Gs).call(this,r))}`},Gs=function(t){let e=this.texts.alerts,{id:i}=t,r=t.last_alert_at?S(e.last,{time:this.format.dateTime(t.last_alert_at)}):e.never,o=t.suppressed_count?` · ${this.format.plural(t.suppressed_count,e.suppressed)}`:"";return a`<article class="card" aria-label=${t.name}>
      <div class="rule">
        <div class="row"><span class="name">${t.name}</span><span class="push">${P(t.is_active?"active":"disabled",this.texts)}</span></div>
        ${t.description?a`<p>${t.description}</p>`:l}
        <p>${ht(t.event_type,this.texts)}${Hs(t.condition,this.texts)}</p>
        <p class="muted small">${e.methods[t.delivery_method]??t.delivery_method} · ${r}${o}</p>
        ${t.webhook_disabled_reason?a`<div class="notice warn">${$("alert")}<div>${S(this.texts.webhooks.why,{reason:t.webhook_disabled_reason})}</div></div>`:l}
        ${this.secret?.id===i?p(this,T,Js).call(this,this.secret.value):l} ${I(this.action.errorOf(i),this.texts)}
        <div class="row">${p(this,T,Ks).call(this,t)}</div>
      </div>
      ${this.draft?.id===i?p(this,T,Ge).call(this,this.draft,t):l}
      ${this.deliveries===i?a`<orderly-deliveries of="rule" owner=${i}></orderly-deliveries>`:l}
    </article>`},Ks=function(t){let{id:e}=t,i=this.action.busy!==null,r=this.texts.actions,o=t.webhook?a`<button class="button quiet" type="button" aria-expanded=${this.deliveries===e}
          @click=${()=>this.deliveries=this.deliveries===e?null:e}>${this.texts.webhooks.deliveries}</button>`:l;return w(this,T,We)?this.sure===e?a`<button class="button danger" type="button" ?disabled=${i} @click=${()=>p(this,T,ti).call(this,e)}>${r.sure}</button>
        <button class="button" type="button" @click=${()=>this.sure=null}>${r.cancel}</button>`:a`<button class="button" type="button" ?disabled=${i} @click=${()=>p(this,T,Ke).call(this,t)}>${r.edit}</button>
      <button class="button" type="button" ?disabled=${i} @click=${()=>p(this,T,Qs).call(this,e,!t.is_active)}>
        ${t.is_active?this.texts.webhooks.switchOff:this.texts.webhooks.switchOn}
      </button>
      <button class="button danger" type="button" ?disabled=${i} @click=${()=>this.sure=e}>${r.delete}</button>
      ${o}`:a`${o}`},Ge=function(t,e){let i=this.texts.alerts,r=this.action.errorOf("form"),o=c=>{this.draft={...t,...c},this.dryRun=null},d=Ir.map(c=>[c,ht(c,this.texts)]);return a`<div class="beside">
      <form @submit=${c=>p(this,T,Zs).call(this,c,t)}>
        ${st("name",i.name,e?.name,r,{required:!0,maxlength:100})}
        ${e?a`<p>${ht(e.event_type,this.texts)}</p>`:Ht("eventType",i.when,d,t.eventType,c=>o({eventType:c,lines:[]}))}
        ${p(this,T,Vs).call(this,t,o)}
        ${Ht("method",i.how,Lr.map(c=>[c,i.methods[c]]),t.method,c=>o({method:c}))}
        ${t.method==="in_app"?l:st("webhookUrl",this.texts.webhooks.url,e?.webhook_url,r,{type:"url",required:!0,placeholder:"https://"})}
        ${st("cooldownMinutes",i.cooldown,String(e?.cooldown_minutes??60),r,{type:"number",min:0,required:!0})}
        ${I(r,this.texts)}
        <div class="row">
          <button class="button primary" type="submit" ?disabled=${this.action.busy!==null}>
            ${e?this.texts.actions.save:i.create}
          </button>
          <button class="button" type="button" @click=${()=>this.draft=null}>${this.texts.actions.cancel}</button>
        </div>
      </form>
      <aside class="stack">
        <h3>${i.trial}</h3>
        <p class="muted small">${i.trialHint}</p>
        <div><button class="button" type="button" ?disabled=${this.trial.busy!==null} @click=${()=>p(this,T,Xs).call(this,t)}>${i.try}</button></div>
        ${I(this.trial.error,this.texts)} ${this.dryRun?p(this,T,Ys).call(this,this.dryRun):l}
      </aside>
    </div>`},Vs=function(t,e){let i=this.texts.alerts;if(t.kept)return a`<p class="hint">${i.kept}</p>`;let r=Ds(t.eventType).map(d=>[d,i.fields[d]??d]),o=(d,c)=>e({lines:t.lines.map((u,g)=>g===d?{...u,...c}:u)});return a`<fieldset>
      <legend>${i.condition}</legend>
      ${t.lines.length>1?Ht("joined",i.joined,[["all",i.all],["any",i.any]],t.joined,d=>e({joined:d})):l}
      ${t.lines.map((d,c)=>a`<div class="line">
          <select class="input" aria-label=${i.field} @change=${u=>o(c,{field:u.target.value})}>
            ${r.map(([u,g])=>a`<option value=${u} ?selected=${u===d.field}>${g}</option>`)}
          </select>
          <select class="input" aria-label=${i.operator} @change=${u=>o(c,{operator:u.target.value})}>
            ${Ue.map(u=>a`<option value=${u} ?selected=${u===d.operator}>${i.operators[u]}</option>`)}
          </select>
          <input class="input" aria-label=${i.value} required maxlength="200" .value=${d.value} @input=${u=>o(c,{value:u.target.value})} />
          <button class="button icon" type="button" aria-label=${this.texts.actions.delete} @click=${()=>e({lines:t.lines.filter((u,g)=>g!==c)})}>
            ${$("close")}
          </button>
        </div>`)}
      ${t.lines.length?l:a`<p class="hint">${i.always}</p>`}
      <div>
        <button class="button" type="button" ?disabled=${t.lines.length>=10}
          @click=${()=>e({lines:[...t.lines,{field:r[0][0],operator:"eq",value:""}]})}>
          ${$("plus")}${i.addLine}
        </button>
      </div>
    </fieldset>`},Ys=function(t){let e=this.texts.alerts;return a`<div role="status" class="stack">
      <p>${S(e.matched,{n:this.format.number(t.matched.length),of:this.format.number(t.evaluated)})}</p>
      <ul>
        ${t.matched.slice(0,10).map(i=>a`<li class="muted small">${this.format.dateTime(i.created_at)}</li>`)}
      </ul>
    </div>`},Js=function(t){return a`<div class="notice good" role="status">
      ${$("lock")}
      <div class="stack">
        <p>${this.texts.webhooks.secretOnce}</p>
        <div class="secret"><code class="code">${t}</code>${bt(t,this.texts)}</div>
      </div>
    </div>`},Ke=function(t){let e=t?Le(t.condition):{lines:[],joined:"all"};this.draft={id:t?.id??null,eventType:t?.event_type??"shipment.exception",lines:e?.lines??[],joined:e?.joined??"all",method:t?.delivery_method??"in_app",kept:e?null:t.condition},this.dryRun=null,this.action.clear(),this.trial.clear()},Xs=async function(t){let e={eventType:t.eventType,condition:t.kept??Ie(t.lines,t.joined)};this.dryRun=await this.trial.run("try",i=>i.embed.alerts.dryRun(e))??null},Zs=async function(t,e){let{text:i}=yt(t),r={name:i("name"),condition:e.kept??Ie(e.lines,e.joined),deliveryMethod:e.method,cooldownMinutes:Number(i("cooldownMinutes")),...e.method==="in_app"?{}:{webhookUrl:i("webhookUrl")}},o=await this.action.run("form",(d,c)=>e.id?d.embed.alertRules.update(e.id,r):d.embed.alertRules.create({...r,eventType:e.eventType},c));o&&("webhookSecret"in o&&(this.secret={id:o.id,value:o.webhookSecret}),e.id||this.emit("orderly-rule-created",{id:o.id}),this.draft=null,await this.rules.load())},Qs=async function(t,e){await this.action.run(t,i=>i.embed.alertRules.update(t,{isActive:e})),await this.rules.load()},ti=async function(t){await this.action.run(t,e=>e.embed.alertRules.delete(t)),this.sure=null,await this.rules.load()},it.styles=[C,vt,zs,k`
      .rule {
        display: grid;
        gap: 8px;
        padding: 16px;
      }
      .name {
        font-weight: 650;
      }
      .beside {
        display: grid;
        align-items: start;
      }
      @container (min-width: 800px) {
        .beside {
          grid-template-columns: minmax(0, 1.8fr) minmax(0, 1fr);
        }
        .beside > aside {
          border-inline-start: 1px solid var(--o-line);
          align-self: stretch;
        }
      }
      aside {
        padding: 16px;
      }
      aside ul {
        display: grid;
        gap: 4px;
      }
    `],h([b()],it.prototype,"draft",2),h([b()],it.prototype,"dryRun",2),h([b()],it.prototype,"sure",2),h([b()],it.prototype,"deliveries",2),h([b()],it.prototype,"secret",2),it=h([A("orderly-alerts")],it);var Fr=3e4,ie,zt,Y,ei,si,ii,ri,ni,Et=class extends N{constructor(){super(...arguments);y(this,Y);this.needs=["alerts:read","smart_alerts"];this.isOpen=!1;this.action=new D(this);y(this,ie,0);this.notifications=new H(this,(t,e)=>t.embed.notifications.list({limit:30},e));y(this,zt,()=>{let t=this.session?.state==="ready"&&this.isAllowed&&this.notifications.asked;document.visibilityState==="visible"&&t&&this.action.busy===null&&this.notifications.load()})}connectedCallback(){super.connectedCallback(),document.addEventListener("visibilitychange",w(this,zt)),G(this,ie,setInterval(w(this,zt),Fr))}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener("visibilitychange",w(this,zt)),clearInterval(w(this,ie))}begin(){this.notifications.asked||this.notifications.load()}view(){let t=this.texts.notifications,e=this.notifications.answer?.unreadCount??0,i=e?this.format.plural(e,t.unread):t.title;return a`<button
        class="button icon bell"
        part="bell"
        type="button"
        aria-label=${i}
        aria-expanded=${this.isOpen}
        popovertarget="panel"
      >
        ${$("bell")}${e?a`<span class="count" aria-hidden="true">${e>99?"99+":e}</span>`:l}
      </button>
      <div id="panel" class="panel" popover part="panel" role="dialog" aria-label=${t.title} @toggle=${p(this,Y,ii)}>
        ${this.isOpen?p(this,Y,ei).call(this):l}
      </div>`}};ie=new WeakMap,zt=new WeakMap,Y=new WeakSet,ei=function(){let t=this.texts.notifications,{answer:e,error:i,loading:r}=this.notifications;if(i&&!r&&!e)return this.problem(this.notifications);if(!e)return W(3,this.texts);let o=e.data.filter(d=>!d.is_read);return a`<div class="top row">
        <h3>${t.title}</h3>
        ${o.length?a`<button class="link push" type="button" ?disabled=${this.action.busy!==null} @click=${()=>p(this,Y,ri).call(this,o)}>${t.readAll}</button>`:l}
      </div>
      ${e.data.length?a`<ul>
            ${e.data.map(d=>p(this,Y,si).call(this,d))}
          </ul>`:E("bell",t.empty,t.emptyHint,l,"status")}`},si=function(t){let e=this.texts.notifications,i=Number(t.metadata.suppressed_count)||0;return a`<li class="${t.is_read?"":"unread"} ${t.severity}">
      <span class="dot"></span>
      <div>
        <p class="what">${t.is_read?l:a`<span class="hidden">${e.new}: </span>`}${t.title}</p>
        <p>${t.message}</p>
        <p class="muted small">
          ${this.format.dateTime(t.created_at)}${i?` · ${S(e.held,{n:this.format.number(i)})}`:""}
        </p>
      </div>
      <button class="button quiet icon" type="button" aria-label=${e.dismiss} @click=${()=>p(this,Y,ni).call(this,t.id)}>
        ${$("close")}
      </button>
    </li>`},ii=function(t){if(this.isOpen=t.newState==="open",!this.isOpen)return;let e=t.target,i=this.renderRoot.querySelector(".bell").getBoundingClientRect(),r=Math.min(380,innerWidth-24);e.style.top=`${i.bottom+8}px`,e.style.left=`${Math.max(12,Math.min(i.right-r,innerWidth-r-12))}px`,this.notifications.load()},ri=async function(t){await this.action.run("read",async e=>{let i=await Promise.all(t.map(({id:r})=>e.embed.notifications.update(r,{isRead:!0})));return i.find(r=>r.error)??i[0]}),await this.notifications.load()},ni=async function(t){await this.action.run(t,e=>e.embed.notifications.update(t,{isDismissed:!0})),await this.notifications.load()},Et.styles=[C,k`
      :host {
        position: relative;
        display: inline-block;
        container-type: normal;
      }
      .bell {
        position: relative;
      }
      .count {
        position: absolute;
        inset-block-start: -5px;
        inset-inline-end: -5px;
        min-inline-size: 20px;
        padding: 0 5px;
        border-radius: 99px;
        background: var(--o-bad);
        color: var(--o-card);
        font-size: 12px;
        font-weight: 650;
        line-height: 20px;
        text-align: center;
      }
      .panel {
        position: fixed;
        inset: auto;
        margin: 0;
        padding: 0;
        inline-size: min(380px, calc(100vw - 24px));
        max-block-size: min(520px, 75vh);
        overflow: auto;
        border: 1px solid var(--o-line);
        border-radius: calc(var(--o-radius) + 2px);
        background: var(--o-card);
        color: var(--o-text);
        box-shadow: var(--o-shadow);
      }
      .top {
        position: sticky;
        inset-block-start: 0;
        padding: 10px 14px;
        border-block-end: 1px solid var(--o-line);
        background: var(--o-card);
      }
      li {
        display: grid;
        grid-template-columns: 10px 1fr auto;
        gap: 2px 10px;
        padding: 12px 14px;
        border-block-end: 1px solid var(--o-line);
      }
      li:last-child {
        border: 0;
      }
      .dot {
        inline-size: 8px;
        block-size: 8px;
        margin-block-start: 6px;
        border-radius: 50%;
      }
      .unread .dot {
        background: var(--o-accent);
      }
      .unread.warning .dot {
        background: var(--o-warn);
      }
      .unread.critical .dot {
        background: var(--o-bad);
      }
      .unread .what {
        font-weight: 650;
      }
    `],h([b()],Et.prototype,"isOpen",2),Et=h([A("orderly-notifications")],Et);function be(n,s){return a`<ol class="timeline">
    ${n.map(({title:t,text:e,time:i})=>a`<li>
        <p class="what">${t}</p>
        ${e&&e!==t?a`<p class="muted">${e}</p>`:l}
        <time class="muted small" datetime=${i}>${s.dateTime(i)}</time>
      </li>`)}
  </ol>`}var ve=k`
  .timeline {
    padding: 12px 16px 16px;
  }
  .timeline li {
    position: relative;
    padding-inline-start: 22px;
    padding-block-end: 14px;
  }
  .timeline li:last-child {
    padding-block-end: 0;
  }
  .timeline li::before {
    content: '';
    position: absolute;
    inset-block-start: 6px;
    inset-inline-start: 1px;
    inline-size: 9px;
    block-size: 9px;
    border: 2px solid var(--o-field);
    border-radius: 50%;
    background: var(--o-card);
    z-index: 1;
  }
  .timeline li:first-child::before {
    border-color: var(--o-accent);
    background: var(--o-accent);
  }
  .timeline li:not(:last-child)::after {
    content: '';
    position: absolute;
    inset-block: 8px -6px;
    inset-inline-start: 5px;
    border-inline-start: 1px solid var(--o-line);
  }
  .timeline .what {
    font-weight: 550;
  }
`;var Ve=["cancel","address_change","hold","release","expedite","note","other"],oi=["name","address1","address2","zip","city","state","country","phone"],jt,ai,li,rt=class extends N{constructor(){super(...arguments);y(this,jt);this.needs=["actions:write","action_requests"];this.type=null;this.action=new D(this)}begin(){}static allowed(t){let{allowed_actions:e}=t;return(e?.map(({action_type:r,until:o})=>({type:r,until:o}))??Ve.filter(r=>r!=="release").map(r=>({type:r,until:null}))).sort((r,o)=>Ve.indexOf(r.type)-Ve.indexOf(o.type))}view(){let t=this.texts.requests,e=rt.allowed(this.order),i=e.find(({type:d})=>d===this.type)??e[0],r=this.action.error,o=e.map(({type:d})=>[d,t.types[d]??d]);return a`<section class="card">
      <h3>${t.ask}</h3>
      <form @submit=${d=>p(this,jt,li).call(this,d,i.type)}>
        ${Ht("actionType",t.type,o,i.type,d=>this.type=d)}
        ${i.until?a`<p class="hint">${S(t.until,{time:this.format.dateTime(i.until)})}</p>`:l}
        ${p(this,jt,ai).call(this,i.type)}
        ${st("description",i.type==="note"?t.note:t.reason,"",r,{type:"area",required:i.type==="note"||i.type==="other"})}
        ${I(r,this.texts)}
        <div class="row">
          <button class="button primary" type="submit" ?disabled=${this.action.busy!==null}>${t.send}</button>
          <button class="button" type="button" @click=${()=>this.emit("orderly-close",null)}>${this.texts.actions.cancel}</button>
        </div>
      </form>
    </section>`}};jt=new WeakSet,ai=function(t){let e=this.texts.requests,{error:i}=this.action;if(t==="hold")return st("until",e.holdUntil,"",i,{type:"date"});if(t!=="address_change")return l;let r=this.order.shipping_address;return a`<div class="two">
      ${oi.map(o=>st(o,e.address[o],r?.[o],i,{required:o==="address1"||o==="city"||o==="country",maxlength:200,...o==="country"?{hint:e.countryHint}:{}}))}
    </div>`},li=async function(t,e){let{text:i}=yt(t),r=this.texts.requests,o=i("description")||null,d={};if(e==="address_change")for(let f of oi)d[f]=i(f)||null;e==="hold"&&i("until")&&(d.until=i("until")),e==="hold"&&o&&(d.reason=o),e==="note"&&(d.note=o);let c=this.order.order_number??this.order.external_id,u={orderId:this.order.id,actionType:e,title:`${r.types[e]??e}: ${c}`.slice(0,200),description:o,requestedChanges:Object.keys(d).length?d:null},g=await this.action.run("send",(f,O)=>f.embed.actionRequests.create(u,O));g&&this.emit("orderly-request-created",{id:g.id,orderId:this.order.id,actionType:e})},rt.styles=[C,vt],h([R({attribute:!1})],rt.prototype,"order",2),h([b()],rt.prototype,"type",2),rt=h([A("orderly-request-form")],rt);var re,M,di,ci,pi,ui,hi,mi,Ye,fi,gi,bi,nt=class extends N{constructor(){super(...arguments);y(this,M);this.needs=["orders:read","data_room"];this.orderId=null;this.back=!1;this.shipment=null;this.asking=!1;this.asked=!1;this.order=new H(this,(t,e)=>t.embed.orders.get(this.orderId,{},e));y(this,re,!1)}begin(){this.orderId&&!this.order.asked&&this.order.load()}willUpdate(t){!t.has("orderId")||!this.hasUpdated||(this.order.clear(),this.shipment=null,this.asking=this.asked=!1,this.session&&this.sessionChanged())}updated(){let t=this.renderRoot.querySelector("h2");this.back&&t&&!w(this,re)&&t.focus({preventScroll:!0}),G(this,re,t!==null)}view(){if(!this.orderId)return l;if(this.shipment)return a`<orderly-tracking shipment-id=${this.shipment} back @orderly-navigate=${p(this,M,bi)}></orderly-tracking>`;let t=this.order.answer?.data,e=this.back?a`<button class="button quiet icon" type="button" aria-label=${this.texts.actions.back} @click=${()=>this.navigate("orders")}>
          ${$("back")}
        </button>`:l;if(!t){let i=this.order.error&&!this.order.loading?this.problem(this.order):W(6,this.texts);return a`<div class="stack"><div class="head">${e}</div><div class="card">${i}</div></div>`}return a`<article class="stack">
      <div class="head">
        ${e}
        <h2 tabindex="-1">${t.order_number??t.external_id}</h2>
        ${P(t.status,this.texts)}${P(t.payment_status,this.texts)}${P(t.fulfillment_status,this.texts)}
        <span class="muted small">${S(this.texts.order.ordered,{date:this.format.dateTime(t.ordered_at)})}</span>
        ${p(this,M,di).call(this,t)}
      </div>
      ${this.asked?a`<div class="notice good" role="status">${$("check")}<div>${this.texts.requests.sent}</div></div>`:l}
      ${this.asking?a`<orderly-request-form .order=${t} @orderly-close=${()=>this.asking=!1} @orderly-request-created=${p(this,M,ci)}></orderly-request-form>`:l}
      <div class="columns">
        <div class="stack">${p(this,M,pi).call(this,t)}${p(this,M,hi).call(this,t.shipments)}</div>
        <div class="stack">${p(this,M,mi).call(this,t)}${p(this,M,fi).call(this,t.activities)}</div>
      </div>
    </article>`}};re=new WeakMap,M=new WeakSet,di=function(t){return!(this.session.info&&this.session.allows("actions:write","action_requests"))||!rt.allowed(t).length?l:a`<button class="button push" type="button" aria-expanded=${this.asking} @click=${()=>this.asking=!this.asking}>
      ${this.texts.requests.ask}
    </button>`},ci=function(){this.asking=!1,this.asked=!0,this.order.load()},pi=function(t){let e=this.texts.order,{totals:i}=t,r=d=>this.format.money(d,t.currency),o=[[e.subtotal,i.subtotal,""],[e.shipping,i.shipping,""],[e.tax,i.tax,""],[e.discount,i.discount?-Math.abs(i.discount):null,""],[e.total,i.total,"sum"]];return a`<section class="card">
      <h3>${e.items}</h3>
      ${t.line_items.length?p(this,M,ui).call(this,t.line_items,t.currency):a`<p class="plain">${e.noItems}</p>`}
      <dl class="totals number">
        ${o.map(([d,c,u])=>c==null?l:a`<dt class=${u}>${d}</dt><dd class=${u}>${r(c)}</dd>`)}
      </dl>
    </section>`},ui=function(t,e){let i=this.texts.order,r=o=>this.format.money(o,e);return a`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader">${i.item}</th>
          <th role="columnheader" class="end">${i.quantity}</th>
          <th role="columnheader" class="end">${i.amount}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${t.map(({title:o,sku:d,quantity:c,price:u})=>{let g=typeof u=="number";return a`<tr role="row">
            <td role="cell">${o??d??""}${o&&d?a`<span class="also code">${d}</span>`:l}</td>
            <td role="cell" class="end number">${typeof c=="number"?this.format.number(c):""}</td>
            <td role="cell" class="end number nowrap">
              ${g?r(u*(c??1)):""}${g&&c!==1?a`<span class="also">${i.price} ${r(u)}</span>`:l}
            </td>
          </tr>`})}
      </tbody>
    </table>`},hi=function(t){let e=this.texts.order;return a`<section class="card">
      <h3>${e.shipments}</h3>
      ${t.length?t.map(i=>{let r=i.tracking_number??this.texts.shipments.noNumber,o=this.session.has("tracking:read")?a`<button class="link code" type="button" @click=${()=>p(this,M,gi).call(this,i)}>${r}</button>`:a`<span class="code">${r}</span>`;return a`<div class="shipment">
              ${$("truck")}${o}<span class="muted">${i.carrier?.replaceAll("_"," ").toUpperCase()??""}</span>
              ${P(i.status,this.texts)}
            </div>`}):a`<p class="plain">${e.noShipments}</p>`}
    </section>`},mi=function(t){let e=this.texts.order,{customer:i,shipping_address:r,billing_address:o}=t,d=[i.name,i.email,i.phone].filter(Boolean).join(`
`),[c,u]=[p(this,M,Ye).call(this,r),p(this,M,Ye).call(this,o)],g=[[e.customer,d||null],[e.shippingAddress,c||e.noAddress],[e.billingAddress,u&&u===c?e.sameAddress:u||null],[e.notes,t.notes],[e.tags,t.tags.join(", ")||null]];return a`<section class="card">
      <dl class="pairs">
        ${g.map(([f,O])=>O?a`<div><dt>${f}</dt><dd><address>${O}</address></dd></div>`:l)}
      </dl>
    </section>`},Ye=function(t){if(!t)return"";let{name:e,address1:i,address2:r,zip:o,city:d,state:c,country:u,phone:g}=t,f=[o,d,c].filter(Boolean).join(" ");return[e,i,r,f,u&&this.format.country(u),g].filter(Boolean).join(`
`)},fi=function(t){let e=this.texts.order;return a`<section class="card">
      <h3>${e.timeline}</h3>
      ${t.length?be(t.map(i=>({title:i.from&&i.to?S(e.changed,{from:z(i.from,this.texts),to:z(i.to,this.texts)}):i.title,text:i.description,time:i.created_at})),this.format):a`<p class="plain">${e.noTimeline}</p>`}
    </section>`},gi=function(t){this.navigate("shipment",t.id)&&(this.shipment=t.id)},bi=function(t){t.detail.view==="shipments"&&(t.preventDefault(),t.stopPropagation(),this.shipment=null)},nt.styles=[C,B,ve,k`
      .columns {
        display: grid;
        gap: 16px;
        align-items: start;
      }
      @container (min-width: 800px) {
        .columns {
          grid-template-columns: minmax(0, 1.7fr) minmax(0, 1fr);
        }
      }
      .totals {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 4px 16px;
        padding: 12px 16px 14px;
        border-block-start: 1px solid var(--o-line);
      }
      .totals dd {
        text-align: end;
      }
      .totals .sum {
        font-weight: 650;
        font-size: var(--o-large);
      }
      .totals dt:not(.sum) {
        color: var(--o-muted);
      }
      .shipment {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        padding: 11px 16px;
        border-block-start: 1px solid var(--o-line);
      }
      .shipment .badge {
        margin-inline-start: auto;
      }
      h3 + .shipment {
        border: 0;
      }
      .plain {
        padding: 8px 16px 16px;
        color: var(--o-muted);
      }
      address {
        font-style: normal;
        white-space: pre-line;
      }
      .pairs {
        display: grid;
        gap: 14px;
        padding: 12px 16px 16px;
      }
      .pairs dt {
        color: var(--o-muted);
        font-size: var(--o-small);
      }
      h2:focus {
        outline: none;
      }
    `],h([R({attribute:"order-id"})],nt.prototype,"orderId",2),h([R({type:Boolean})],nt.prototype,"back",2),h([b()],nt.prototype,"shipment",2),h([b()],nt.prototype,"asking",2),h([b()],nt.prototype,"asked",2),nt=h([A("orderly-order")],nt);var Br=["pending","confirmed","processing","on_hold","partially_shipped","shipped","delivered","cancelled","returned","refunded"],ne,ct,vi,yi,$i,xi,At=class extends U{constructor(){super(...arguments);y(this,ct);this.needs=["orders:read","data_room"];this.opened=null;this.bridges=[];y(this,ne,!1)}begin(){super.begin(),!w(this,ne)&&this.session.info&&this.session.has("bridges:read")&&p(this,ct,vi).call(this)}read(t,e,i){return t.embed.orders.list(e,i)}view(){if(this.opened)return a`<orderly-order order-id=${this.opened} back @orderly-navigate=${p(this,ct,xi)}></orderly-order>`;let t=this.texts.orders;return a`<section class="stack">
      <div class="head"><h2>${t.title}</h2>${this.exportButton()}</div>
      ${this.toolbar(this.searchField(t.search),a`${this.selectField("status",this.texts.list.status,Br.map(e=>[e,z(e,this.texts)]))}
        ${this.bridges.length>1?this.selectField("bridge_id",t.bridge,this.bridges.map(({id:e,name:i})=>[e,i])):l}
        ${this.dayField("from")}${this.dayField("to")}`)}
      ${this.list()}
    </section>`}head(){let t=this.texts.orders;return a`<tr role="row">
      <th role="columnheader">${t.order}</th>
      <th role="columnheader">${t.date}</th>
      <th role="columnheader">${t.customer}</th>
      <th role="columnheader">${this.texts.list.status}</th>
      <th role="columnheader">${t.shipments}</th>
      <th role="columnheader" class="end">${t.total}</th>
    </tr>`}row(t){let e=r=>p(this,ct,$i).call(this,r,t),{customer:i}=t;return a`<tr role="row" class="open" @click=${e}>
      <td role="cell" class="first nowrap">
        <button class="link" type="button" id=${`o-${t.id}`}>${t.order_number??t.external_id}</button>
      </td>
      <td role="cell" class="nowrap muted date">${this.format.date(t.ordered_at)}</td>
      <td role="cell" class="wide">
        ${i.name??i.email??l}${i.name&&i.email?a`<span class="also">${i.email}</span>`:l}
      </td>
      <td role="cell" class="second">
        ${P(t.status,this.texts)}
        ${t.payment_status==="paid"?l:a`<span class="also">${z(t.payment_status,this.texts)}</span>`}
      </td>
      <td role="cell" class="skip">${p(this,ct,yi).call(this,t)}</td>
      <td role="cell" class="end nowrap number">${this.format.money(t.totals.total,t.currency)}</td>
    </tr>`}empty(){return E("inbox",this.texts.orders.empty,this.texts.orders.emptyHint,l,"status")}csv(t){let e=this.texts.orders,i=[e.order,"ID",e.date,e.customer,"E-mail",this.texts.list.status,e.payment,e.fulfillment,e.total,"Currency",e.shipments],r=t.map(o=>[o.order_number,o.external_id,o.ordered_at,o.customer.name,o.customer.email,o.status,o.payment_status,o.fulfillment_status,o.totals.total,o.currency,o.shipments.map(d=>d.tracking_number??"").filter(Boolean).join(" ")]);return{name:"orders.csv",rows:[i,...r]}}};ne=new WeakMap,ct=new WeakSet,vi=async function(){G(this,ne,!0);let{data:t}=await this.session.call(e=>e.embed.bridges.list());this.bridges=t??[]},yi=function(t){let[e,...i]=t.shipments;if(!e)return l;let r=i.length?` +${this.format.number(i.length)}`:"";return a`<span class="code">${e.tracking_number??e.carrier??l}</span>
      <span class="also">${z(e.status,this.texts)}${r}</span>`},$i=function(t,e){getSelection()?.toString()||(t.preventDefault(),this.navigate("order",e.id)&&(this.opened=e.id))},xi=function(t){if(t.detail.view!=="orders")return;t.preventDefault(),t.stopPropagation();let e=this.opened;this.opened=null,this.updateComplete.then(()=>this.renderRoot.querySelector(`#o-${e}`)?.focus())},h([b()],At.prototype,"opened",2),h([b()],At.prototype,"bridges",2),At=h([A("orderly-orders")],At);var wi=[{name:"orders",needs:["orders:read","data_room"],list:()=>a`<orderly-orders></orderly-orders>`,details:{order:n=>a`<orderly-order order-id=${n} back></orderly-order>`}},{name:"shipments",needs:["shipments:read","data_room"],list:()=>a`<orderly-shipments></orderly-shipments>`,details:{shipment:n=>a`<orderly-tracking shipment-id=${n} back></orderly-tracking>`}},{name:"requests",needs:["actions:read","action_requests"],list:()=>a`<orderly-requests></orderly-requests>`},{name:"alerts",needs:["alerts:read","smart_alerts"],list:()=>a`<orderly-alerts></orderly-alerts>`},{name:"webhooks",needs:["webhooks:read","end_user_webhooks"],list:()=>a`<orderly-webhooks></orderly-webhooks>`},{name:"trackingPages",needs:["tracking:read","branded_tracking"],list:()=>a`<orderly-tracking-pages></orderly-tracking-pages>`}],Ut,ot,ki,Ti,_i,ye,Je,Pt,Ct=class extends N{constructor(){super(...arguments);y(this,ot);this.needs=["",[]];this.place={view:"",id:null};y(this,Ut,0);y(this,ye,t=>{let{view:e,id:i}=t.detail;wi.some(r=>r.name===e||Object.hasOwn(r.details??{},e))&&(t.preventDefault(),i===null&&w(this,Ut)>0?history.back():p(this,ot,Je).call(this,{view:e,id:i}))});y(this,Pt,()=>{let[,t="",e=null]=location.hash.split("/");G(this,Ut,Number(history.state?.orderly??0)),this.place={view:t,id:e}})}get isAllowed(){return!0}connectedCallback(){super.connectedCallback(),this.addEventListener("orderly-navigate",w(this,ye)),window.addEventListener("popstate",w(this,Pt)),w(this,Pt).call(this)}disconnectedCallback(){super.disconnectedCallback(),window.removeEventListener("popstate",w(this,Pt))}begin(){}view(){let{info:t}=this.session;if(!t)return a`<div class="wrap" role="status"><span class="hidden">${this.texts.states.loading}</span></div>`;let e=wi.filter(o=>this.session.allows(...o.needs)),i=e.find(o=>p(this,ot,Ti).call(this,o))??e[0],r=this.place.id!==null?i?.details?.[this.place.view]?.(this.place.id):void 0;return a`${p(this,ot,ki).call(this)}
      <nav aria-label=${this.texts.navigation.label}>
        <div class="wrap">
          ${e.map(o=>a`<a
              href=${`#/${o.name}`}
              aria-current=${o===i?"page":l}
              @click=${d=>p(this,ot,_i).call(this,d,o.name)}
              >${this.texts.navigation[o.name]}</a
            >`)}
        </div>
      </nav>
      <div class="wrap content">
        ${i?a`<div ?hidden=${r!==void 0}>${i.list()}</div>`:l}${r??l}
      </div>`}};Ut=new WeakMap,ot=new WeakSet,ki=function(){let{branding:t}=this.session.info.organization,e=typeof t.company_name=="string"?t.company_name:"",i=typeof t.logo_url=="string"&&t.logo_url.startsWith("https://")?t.logo_url:"",{name:r,externalId:o}=this.session.info.endUser;return a`<div class="band" part="header">
      <div class="wrap">
        ${i?a`<img src=${i} alt="" referrerpolicy="no-referrer" @error=${c=>c.target.remove()} />`:l}
        <span class="company">${e}</span>
        <span class="merchant">${r??o}</span>
        <orderly-notifications></orderly-notifications>
      </div>
    </div>`},Ti=function(t){return this.place.view===t.name||Object.hasOwn(t.details??{},this.place.view)},_i=function(t,e){t.preventDefault(),p(this,ot,Je).call(this,{view:e,id:null})},ye=new WeakMap,Je=function(t){history.pushState({orderly:w(this,Ut)+1},"",t.id===null?`#/${t.view}`:`#/${t.view}/${t.id}`),w(this,Pt).call(this)},Pt=new WeakMap,Ct.styles=[C,k`
      :host {
        min-block-size: 100%;
        background: var(--o-page);
      }
      .band {
        background: var(--o-fill);
        color: var(--o-on-fill);
      }
      .wrap {
        max-inline-size: 1240px;
        margin-inline: auto;
        padding-inline: 20px;
      }
      .band .wrap {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 14px;
        min-block-size: 60px;
        padding-block: 10px;
      }
      .band img {
        block-size: 36px;
        max-inline-size: 180px;
        object-fit: contain;
        padding: 4px 8px;
        border-radius: 6px;
        background: #fff;
      }
      .company {
        font-size: var(--o-large);
        font-weight: 650;
      }
      .merchant {
        margin-inline-start: auto;
      }
      nav {
        border-block-end: 1px solid var(--o-line);
        background: var(--o-card);
      }
      nav .wrap {
        display: flex;
        overflow-x: auto;
        scrollbar-width: none;
      }
      nav a {
        padding: 12px 14px;
        border-block-end: 3px solid transparent;
        color: var(--o-muted);
        font-weight: 550;
        text-decoration: none;
        white-space: nowrap;
      }
      nav a:first-child {
        margin-inline-start: -14px;
      }
      nav a:hover {
        color: var(--o-text);
      }
      nav a[aria-current] {
        border-color: var(--o-accent);
        color: var(--o-accent);
      }
      nav a:focus-visible {
        outline-offset: -3px;
      }
      .content {
        padding-block: 20px 48px;
      }
      @container (max-width: 480px) {
        .wrap {
          padding-inline: 14px;
        }
        .merchant {
          order: 1;
          inline-size: 100%;
          margin: 0;
        }
        orderly-notifications {
          margin-inline-start: auto;
        }
      }
    `],h([b()],Ct.prototype,"place",2),Ct=h([A("orderly-portal")],Ct);var Wr=["pending","approved","denied","cancelled","expired"],J,Ri,Si,Ei,Ai,Ci,pt=class extends U{constructor(){super(...arguments);y(this,J);this.needs=["actions:read","action_requests"];this.opened=null;this.sure=!1;this.action=new D(this);this.request=new H(this,(t,e)=>t.embed.actionRequests.get(this.opened,{},e))}begin(){this.opened?this.request.asked||this.request.load():super.begin()}read(t,e,i){return t.embed.actionRequests.list(e,i)}view(){if(this.opened)return p(this,J,Ei).call(this);let t=this.texts.requests;return a`<section class="stack">
      <div class="head"><h2>${t.title}</h2></div>
      <div class="others unfolded">
        ${this.selectField("status",this.texts.list.status,Wr.map(e=>[e,z(e,this.texts)]))}
      </div>
      ${this.list()}
    </section>`}head(){let t=this.texts.requests;return a`<tr role="row">
      <th role="columnheader">${t.request}</th>
      <th role="columnheader">${t.type}</th>
      <th role="columnheader">${this.texts.list.status}</th>
      <th role="columnheader">${t.asked}</th>
    </tr>`}row(t){return a`<tr role="row" class="open" @click=${()=>p(this,J,Ri).call(this,t.id)}>
      <td role="cell" class="first">
        <button class="link" type="button" id=${`r-${t.id}`}>${t.title}</button>
      </td>
      <td role="cell" class="muted wide">${this.texts.requests.types[t.action_type]??t.action_type}</td>
      <td role="cell" class="second">${P(t.status,this.texts)}</td>
      <td role="cell" class="muted nowrap date">${this.format.dateTime(t.created_at)}</td>
    </tr>`}empty(){return E("inbox",this.texts.requests.empty,this.texts.requests.emptyHint,l,"status")}csv(){return{name:"requests.csv",rows:[]}}};J=new WeakSet,Ri=function(t){this.opened=t,this.sure=!1,this.action.clear(),this.request.clear(),this.request.load()},Si=function(){let t=this.opened;this.opened=null,this.page.asked||ss(pt.prototype,this,"begin").call(this),this.updateComplete.then(()=>this.renderRoot.querySelector(`#r-${t}`)?.focus())},Ei=function(){let t=this.texts.requests,e=this.request.answer?.data,i=a`<button class="button quiet icon" type="button" aria-label=${this.texts.actions.back} @click=${p(this,J,Si)}>
      ${$("back")}
    </button>`;if(!e){let d=this.request.error&&!this.request.loading?this.problem(this.request):W(4,this.texts);return a`<div class="stack"><div class="head">${i}</div><div class="card">${d}</div></div>`}let{application:r}=e,o=[[t.type,t.types[e.action_type]??e.action_type],[t.asked,this.format.dateTime(e.created_at)],[t.description,e.description],[t.changes,p(this,J,Ci).call(this,e)],[t.answer,e.resolution_note],[t.answered,e.resolved_at&&this.format.dateTime(e.resolved_at)],[t.expires,e.status==="pending"?this.format.dateTime(e.expires_at):null],[t.application,r?a`${P(r.status,this.texts)} ${r.message??l}
            ${r.applied_at?a`<span class="muted">${this.format.dateTime(r.applied_at)}</span>`:l}`:null]];return a`<article class="stack">
      <div class="head">${i}<h2>${e.title}</h2>${P(e.status,this.texts)}</div>
      <section class="card">
        <dl class="pairs">
          ${o.map(([d,c])=>c?a`<div><dt>${d}</dt><dd>${c}</dd></div>`:l)}
        </dl>
        <div class="foot stack">
          ${I(this.action.error,this.texts)}
          <div class="row">
            <button class="button" type="button" @click=${()=>this.navigate("order",e.order_id)}>${t.openOrder}</button>
            ${e.status==="pending"&&this.session.has("actions:write")?p(this,J,Ai).call(this,e.id):l}
          </div>
        </div>
      </section>
    </article>`},Ai=function(t){let e=this.texts.requests,i=async()=>{let r=await this.action.run("cancel",o=>o.embed.actionRequests.cancel(t));this.sure=!1,r&&await Promise.all([this.request.load(),this.page.load()])};return this.sure?a`<button class="button danger" type="button" ?disabled=${this.action.busy!==null} @click=${i}>
          ${this.texts.actions.sure}
        </button>`:a`<button class="button" type="button" @click=${()=>this.sure=!0}>${e.takeBack}</button>`},Ci=function(t){let e=Object.entries(t.requested_changes??{}).filter(([,o])=>o!==null&&o!==""),i={...this.texts.requests.address,until:this.texts.requests.holdUntil},r=o=>typeof o=="string"?o:JSON.stringify(o);return e.map(([o,d])=>`${i[o]??o}: ${r(d)}`).join(`
`)||null},pt.styles=[C,B,k`
      .pairs {
        display: grid;
        gap: 12px;
        padding: 16px;
      }
      .pairs dt {
        color: var(--o-muted);
        font-size: var(--o-small);
      }
      .pairs dd {
        white-space: pre-line;
      }
      .foot {
        padding: 0 16px 16px;
      }
    `],h([R({attribute:"request-id"})],pt.prototype,"opened",2),h([b()],pt.prototype,"sure",2),pt=h([A("orderly-requests")],pt);var Gr=["pending","label_created","picked_up","in_transit","out_for_delivery","available_for_pickup","delivered","attempt_failed","exception","returned","cancelled"],Lt,Pi,Mi,It=class extends U{constructor(){super(...arguments);y(this,Lt);this.needs=["shipments:read","data_room"];this.opened=null}read(t,e,i){return t.embed.shipments.list(e,i)}sent(t){return t}view(){if(this.opened)return a`<orderly-tracking shipment-id=${this.opened} back @orderly-navigate=${p(this,Lt,Mi)}></orderly-tracking>`;let t=this.texts.shipments;return a`<section class="stack">
      <div class="head"><h2>${t.title}</h2>${this.exportButton()}</div>
      ${this.toolbar(this.searchField(t.search),a`${this.selectField("status",this.texts.list.status,Gr.map(e=>[e,z(e,this.texts)]))}
          <label class="field">
            <span>${t.carrier}</span>
            <input
              class="input"
              part="input"
              maxlength="60"
              placeholder=${t.anyCarrier}
              .value=${this.filters.carrier??""}
              @change=${e=>this.filter({carrier:e.target.value.trim()})}
            />
          </label>
          ${this.dayField("from")}${this.dayField("to")}`)}
      ${this.list()}
    </section>`}head(){let t=this.texts.shipments;return a`<tr role="row">
      <th role="columnheader">${t.number}</th>
      <th role="columnheader">${t.carrier}</th>
      <th role="columnheader">${this.texts.list.status}</th>
      <th role="columnheader">${t.shipped}</th>
      <th role="columnheader">${t.expected}</th>
    </tr>`}row(t){let e=this.texts.shipments,i=t.tracking_number??e.noNumber,r=this.session.has("tracking:read"),o=t.actual_delivery;return a`<tr role="row" class=${r?"open":""} @click=${()=>r&&p(this,Lt,Pi).call(this,t)}>
      <td role="cell" class="first">
        ${r?a`<button class="link code" type="button" id=${`s-${t.id}`}>${i}</button>`:a`<span class="code">${i}</span>`}
      </td>
      <td role="cell" class="wide">
        ${t.carrier_name??t.carrier??l}
        ${t.service?a`<span class="also">${t.service}</span>`:l}
      </td>
      <td role="cell" class="second">${P(t.status,this.texts)}</td>
      <td role="cell" class="nowrap muted skip">${this.format.date(t.ship_date)}</td>
      <td role="cell" class="nowrap muted">
        ${o?a`${e.delivered} ${this.format.date(o)}`:this.format.date(t.estimated_delivery)}
      </td>
    </tr>`}empty(){return E("truck",this.texts.shipments.empty,this.texts.shipments.emptyHint,l,"status")}csv(t){let e=this.texts.shipments,i=[e.number,"ID",e.carrier,this.texts.tracking.service,this.texts.list.status,e.shipped,e.expected,e.delivered],r=t.map(o=>[o.tracking_number,o.external_id,o.carrier_name??o.carrier,o.service,o.status,o.ship_date,o.estimated_delivery,o.actual_delivery]);return{name:"shipments.csv",rows:[i,...r]}}};Lt=new WeakSet,Pi=function(t){getSelection()?.toString()||this.navigate("shipment",t.id)&&(this.opened=t.id)},Mi=function(t){if(t.detail.view!=="shipments")return;t.preventDefault(),t.stopPropagation();let e=this.opened;this.opened=null,this.updateComplete.then(()=>this.renderRoot.querySelector(`#s-${e}`)?.focus())},h([b()],It.prototype,"opened",2),It=h([A("orderly-shipments")],It);var X,Oi,Ni,qi,Di,Hi,$t=class extends U{constructor(){super(...arguments);y(this,X);this.needs=["tracking:read","branded_tracking"];this.found=null;this.sure=null;this.action=new D(this)}async read(t,e,i){let r=e;return await t.embed.trackingPages.list(r,i)}view(){let t=this.texts.trackingPages;return a`<section class="stack">
      <div class="head"><h2>${t.title}</h2></div>
      ${this.session.info&&this.session.allows("shipments:read","data_room")?p(this,X,Oi).call(this):l} ${this.list()}
    </section>`}head(){let t=this.texts.trackingPages;return a`<tr role="row">
      <th role="columnheader">${t.link}</th>
      <th role="columnheader">${this.texts.list.status}</th>
      <th role="columnheader">${t.views}</th>
      <th role="columnheader">${t.expires}</th>
      <th role="columnheader"><span class="hidden">${t.actions}</span></th>
    </tr>`}row(t){let e=Date.parse(t.expires_at)<=Date.now(),i=t.is_active?e?"expired":"active":"revoked";return a`<tr role="row">
      <td role="cell" class="first">
        ${/^https?:\/\//.test(t.url)?a`<a class="link code" href=${t.url} target="_blank" rel="noopener noreferrer">…/${t.token.slice(0,8)}</a>`:t.token}
      </td>
      <td role="cell" class="second">${P(i,this.texts)}</td>
      <td role="cell" class="number">
        ${this.format.plural(t.view_count,this.texts.trackingPages.viewed)}
        ${t.last_viewed_at?a`<span class="also">${this.format.dateTime(t.last_viewed_at)}</span>`:l}
      </td>
      <td role="cell" class="muted nowrap">${this.format.date(t.expires_at)}</td>
      <td role="cell" class="wide">${i==="active"?p(this,X,Ni).call(this,t):l}</td>
    </tr>`}empty(){return E("link",this.texts.trackingPages.empty,this.texts.trackingPages.emptyHint,l,"status")}csv(){return{name:"tracking-pages.csv",rows:[]}}};X=new WeakSet,Oi=function(){let t=this.texts.trackingPages;return a`<div class="card">
      <form @submit=${p(this,X,qi)}>
        <label class="label" for="number">${t.make}</label>
        <div class="row">
          <input class="input" part="input" id="number" name="number" required maxlength="100" placeholder=${this.texts.shipments.search} />
          <button class="button" type="submit" ?disabled=${this.action.busy!==null}>${t.find}</button>
        </div>
        ${I(this.action.error,this.texts)}
      </form>
      ${this.found?.length===0?a`<p class="found muted" role="status">${t.notFound}</p>`:l}
      ${this.found?.map(e=>a`<div class="found">
          <span class="code">${e.tracking_number??e.external_id}</span><span class="muted">${e.carrier_name??e.carrier}</span>
          ${P(e.status,this.texts)}
          <button class="button primary push" type="button" ?disabled=${this.action.busy!==null} @click=${()=>p(this,X,Di).call(this,e)}>
            ${t.create}
          </button>
        </div>`)}
    </div>`},Ni=function(t){let e=this.texts.trackingPages;return a`<span class="row">
      ${bt(t.url,this.texts)}
      ${this.sure===t.id?a`<button class="button danger" type="button" ?disabled=${this.action.busy!==null} @click=${()=>p(this,X,Hi).call(this,t.id)}>
            ${this.texts.actions.sure}
          </button>`:a`<button class="button" type="button" @click=${()=>this.sure=t.id}>${e.revoke}</button>`}
    </span>`},qi=async function(t){let{text:e}=yt(t),i=e("number");this.found=await this.action.run("find",r=>r.embed.shipments.list({search:i,limit:5}))??null},Di=async function(t){let e=await this.action.run("create",(i,r)=>i.embed.trackingPages.create({shipmentId:t.id},r));e&&(this.emit("orderly-tracking-page-created",{id:e.id,url:e.url,shipmentId:t.id}),this.found=null,this.refresh())},Hi=async function(t){await this.action.run("revoke",e=>e.embed.trackingPages.revoke(t)),this.sure=null,this.refresh()},$t.styles=[C,B,vt,k`
      .found {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 12px;
        align-items: center;
        padding: 10px 16px;
        border-block-start: 1px solid var(--o-line);
      }
      form .row > .input {
        flex: 1 1 200px;
        inline-size: auto;
      }
    `],h([b()],$t.prototype,"found",2),h([b()],$t.prototype,"sure",2),$t=h([A("orderly-tracking-pages")],$t);var x,Xe,zi,ji,Ui,Ii,Ze,Li,Fi,$e,Bi,Wi,Gi,Ki,Vi,at=class extends N{constructor(){super(...arguments);y(this,x);this.needs=["webhooks:read","end_user_webhooks"];this.editing=null;this.deliveries=null;this.sure=null;this.secret=null;this.tested=null;this.action=new D(this);this.webhooks=new H(this,(t,e)=>t.embed.webhooks.list({},e));this.types=new H(this,(t,e)=>t.embed.webhooks.eventTypes({},e))}begin(){this.webhooks.asked||this.webhooks.load(),this.types.asked||this.types.load()}view(){let t=this.texts.webhooks;return a`<section class="stack">
      <div class="head">
        <h2>${t.title}</h2>
        ${w(this,x,Xe)&&this.editing!=="new"?a`<button class="button primary push" type="button" @click=${()=>p(this,x,$e).call(this,"new")}>${$("plus")}${t.add}</button>`:l}
      </div>
      ${this.editing==="new"?a`<div class="card">${p(this,x,Ze).call(this,null)}</div>`:l} ${p(this,x,zi).call(this)}
    </section>`}};x=new WeakSet,Xe=function(){return this.session.info!==null&&this.session.has("webhooks:write")},zi=function(){let{answer:t,error:e,loading:i}=this.webhooks;if(e&&!i&&!t)return a`<div class="card">${this.problem(this.webhooks)}</div>`;if(!t)return a`<div class="card">${W(3,this.texts)}</div>`;if(!t.data.length&&this.editing!=="new"){let r=this.texts.webhooks;return a`<div class="card">${E("link",r.empty,r.emptyHint,l,"status")}</div>`}return a`${t.data.map(r=>p(this,x,ji).call(this,r))}`},ji=function(t){let e=this.texts.webhooks,{id:i}=t,r=t.is_active?t.consecutive_failures?"failing":"active":"disabled",o=t.events.map(d=>ht(d,this.texts)).join(", ");return a`<article class="card" aria-label=${t.url}>
      <div class="webhook">
        <div class="row"><span class="url code">${t.url}</span><span class="push">${P(r,this.texts)}</span></div>
        ${t.description?a`<p>${t.description}</p>`:l}
        <p class="muted small">${o}</p>
        ${p(this,x,Ui).call(this,t)}
        ${this.secret?.id===i?p(this,x,Li).call(this,this.secret.value):l}
        ${this.tested?.id===i?p(this,x,Fi).call(this,this.tested):l}
        ${I(this.action.errorOf(i),this.texts)}
        <div class="row">
          ${w(this,x,Xe)?p(this,x,Ii).call(this,t):l}
          <button
            class="button quiet"
            type="button"
            aria-expanded=${this.deliveries===i}
            @click=${()=>this.deliveries=this.deliveries===i?null:i}
          >
            ${e.deliveries}
          </button>
        </div>
      </div>
      ${this.editing===i?p(this,x,Ze).call(this,t):l}
      ${this.deliveries===i?a`<orderly-deliveries of="webhook" owner=${i}></orderly-deliveries>`:l}
    </article>`},Ui=function(t){let e=this.texts.webhooks,i=[];if(t.disabled_reason&&i.push(S(e.why,{reason:t.disabled_reason})),t.consecutive_failures&&i.push(this.format.plural(t.consecutive_failures,e.failures)),t.pending_deliveries){let o=t.next_attempt_at?` ${S(e.nextAttempt,{time:this.format.dateTime(t.next_attempt_at)})}`:"";i.push(this.format.plural(t.pending_deliveries,e.waiting)+o)}let r=t.last_success_at?S(e.lastSuccess,{time:this.format.dateTime(t.last_success_at)}):e.neverDelivered;return a`${i.length?a`<div class="notice warn">${$("alert")}<div>${i.map(o=>a`<p>${o}</p>`)}</div></div>`:l}
      <p class="muted small">${r}</p>`},Ii=function(t){let{id:e}=t,i=this.texts.webhooks,r=this.action.busy!==null;return this.sure===e?a`<button class="button danger" type="button" ?disabled=${r} @click=${()=>p(this,x,Vi).call(this,e)}>
          ${this.texts.actions.sure}
        </button>
        <button class="button" type="button" @click=${()=>this.sure=null}>${this.texts.actions.cancel}</button>`:a`<button class="button" type="button" ?disabled=${r} @click=${()=>p(this,x,Wi).call(this,e)}>
        ${this.action.busy===e?i.testing:i.test}
      </button>
      <button class="button" type="button" ?disabled=${r} @click=${()=>p(this,x,$e).call(this,e)}>${this.texts.actions.edit}</button>
      <button class="button" type="button" ?disabled=${r} @click=${()=>p(this,x,Gi).call(this,e,!t.is_active)}>
        ${t.is_active?i.switchOff:i.switchOn}
      </button>
      <button class="button" type="button" ?disabled=${r} @click=${()=>p(this,x,Ki).call(this,e)}>${i.newSecret}</button>
      <button class="button danger" type="button" ?disabled=${r} @click=${()=>this.sure=e}>${this.texts.actions.delete}</button>`},Ze=function(t){let e=t?.id??"new",i=this.action.errorOf(`form ${e}`),r=this.texts.webhooks,o=this.types.answer?.data??[];return a`<form @submit=${d=>p(this,x,Bi).call(this,d,t)}>
      ${st("url",r.url,t?.url,i,{type:"url",required:!0,placeholder:"https://",maxlength:2e3})}
      ${st("description",r.description,t?.description,i,{maxlength:500})}
      ${js(o,t?.events??o,this.texts)} ${I(i,this.texts)}
      <div class="row">
        <button class="button primary" type="submit" ?disabled=${this.action.busy!==null}>
          ${t?this.texts.actions.save:r.create}
        </button>
        <button class="button" type="button" @click=${()=>p(this,x,$e).call(this,null)}>${this.texts.actions.cancel}</button>
      </div>
    </form>`},Li=function(t){return a`<div class="notice good" role="status">
      ${$("lock")}
      <div class="stack">
        <p>${this.texts.webhooks.secretOnce}</p>
        <div class="secret"><code class="code">${t}</code>${bt(t,this.texts)}</div>
      </div>
    </div>`},Fi=function(t){let e=this.texts.webhooks,i=t.statusCode===null||t.statusCode===void 0?"":` (${t.statusCode})`;return t.success?a`<div class="notice good" role="status">${$("check")}<div>${e.testWorked}${i}</div></div>`:a`<div class="notice bad" role="alert">${$("alert")}<div>${e.testFailed}${i} ${t.error??""}</div></div>`},$e=function(t){this.editing=this.editing===t?null:t,this.action.clear()},Bi=async function(t,e){let{data:i,text:r}=yt(t),o=i.getAll("events"),d={url:r("url"),description:r("description")||null,events:o},c=`form ${e?.id??"new"}`;if(e){if(!await this.action.run(c,g=>g.embed.webhooks.update(e.id,d)))return}else{let u=await this.action.run(c,(g,f)=>g.embed.webhooks.create(d,f));if(!u)return;"secret"in u&&(this.secret={id:u.id,value:u.secret}),this.emit("orderly-webhook-created",{id:u.id,url:u.url})}this.editing=null,await this.webhooks.load()},Wi=async function(t){this.tested=null;let e=await this.action.run(t,i=>i.embed.webhooks.test(t));e&&(this.tested={id:t,...e}),await this.webhooks.load()},Gi=async function(t,e){await this.action.run(t,i=>i.embed.webhooks.update(t,{isActive:e})),await this.webhooks.load()},Ki=async function(t){let e=await this.action.run(t,i=>i.embed.webhooks.rotateSecret(t));e&&(this.secret={id:t,value:e.secret})},Vi=async function(t){await this.action.run(t,e=>e.embed.webhooks.delete(t)),this.sure=null,await this.webhooks.load()},at.styles=[C,B,vt,k`
      .webhook {
        display: grid;
        gap: 10px;
        padding: 16px;
      }
      .url {
        font-weight: 550;
      }
    `],h([b()],at.prototype,"editing",2),h([b()],at.prototype,"deliveries",2),h([b()],at.prototype,"sure",2),h([b()],at.prototype,"secret",2),h([b()],at.prototype,"tested",2),at=h([A("orderly-webhooks")],at);var Kr={label_created:0,picked_up:1,in_transit:1,exception:1,out_for_delivery:2,available_for_pickup:2,attempt_failed:2,delivered:3},oe,wt,Yi,Ji,Xi,xt=class extends N{constructor(){super(...arguments);y(this,wt);this.needs=["tracking:read",["data_room","branded_tracking"]];this.shipmentId=null;this.back=!1;this.tracking=new H(this,(t,e)=>t.embed.tracking.get(this.shipmentId,{},e));y(this,oe,!1)}begin(){this.shipmentId&&!this.tracking.asked&&this.tracking.load()}willUpdate(t){!t.has("shipmentId")||!this.hasUpdated||(this.tracking.clear(),this.session&&this.sessionChanged())}updated(){let t=this.renderRoot.querySelector("h2");this.back&&t&&!w(this,oe)&&t.focus({preventScroll:!0}),G(this,oe,t!==null)}view(){if(!this.shipmentId)return l;let t=this.tracking.answer?.data,e=this.back?a`<button class="button quiet icon" type="button" aria-label=${this.texts.actions.back} @click=${()=>this.navigate("shipments")}>
          ${$("back")}
        </button>`:l;if(!t){let r=this.tracking.error&&!this.tracking.loading?this.problem(this.tracking):W(5,this.texts);return a`<div class="stack"><div class="head">${e}</div><div class="card">${r}</div></div>`}let i=t.tracking_number;return a`<article class="stack">
      <div class="head">
        ${e}
        <h2 tabindex="-1" class=${i?"code":""}>${i??this.texts.shipments.noNumber}</h2>
        ${i?bt(i,this.texts):l} ${P(t.status,this.texts)}
      </div>
      <section class="card pad stack">${p(this,wt,Yi).call(this,t.status)}${p(this,wt,Ji).call(this,t)}</section>
      <section class="card">
        <h3>${this.texts.tracking.history}</h3>
        ${p(this,wt,Xi).call(this,t.checkpoints)}
      </section>
    </article>`}};oe=new WeakMap,wt=new WeakSet,Yi=function(t){let e=Kr[t];if(e===void 0)return l;let{steps:i,progress:r}=this.texts.tracking,o=[i.label,i.moving,i.out,i.delivered],d=t==="exception"||t==="attempt_failed";return a`<ol class="steps" aria-label=${r}>
      ${o.map((c,u)=>{let g=u>e?"":u===e&&d?"done problem":"done",f=u===e&&u<3?z(t,this.texts):c;return a`<li class=${g} aria-current=${u===e?"step":l}>${f}</li>`})}
    </ol>`},Ji=function(t){let e=this.texts.shipments,i=[[e.carrier,t.carrier_name??t.carrier],[this.texts.tracking.service,t.service],[e.shipped,this.format.date(t.ship_date)],t.actual_delivery?[e.delivered,this.format.dateTime(t.actual_delivery)]:[e.expected,this.format.date(t.estimated_delivery)]];return a`<dl class="facts">
      ${i.map(([r,o])=>o?a`<div><dt>${r}</dt><dd>${o}</dd></div>`:l)}
    </dl>`},Xi=function(t){if(!t.length)return a`<p class="plain">${this.texts.tracking.noHistory}</p>`;let e=t.toReversed().map(i=>{let r=[i.city,i.state,i.country&&this.format.country(i.country)].filter(Boolean).join(", "),o=[i.status_detail,i.location??r].filter(Boolean).join(" · ");return{title:z(i.status,this.texts),text:o||null,time:i.checkpoint_time}});return be(e,this.format)},xt.styles=[C,B,ve,k`
      .steps {
        display: grid;
        grid-template-columns: repeat(4, 1fr);
        gap: 6px;
      }
      .steps li::before {
        content: '';
        display: block;
        margin-block-end: 6px;
        border-block-start: 5px solid var(--o-line);
        border-radius: 3px;
      }
      .steps .done::before {
        border-color: var(--o-accent);
      }
      .steps .problem::before {
        border-color: var(--o-warn);
      }
      .steps [aria-current] {
        font-weight: 650;
      }
      .steps li {
        font-size: var(--o-small);
        color: var(--o-muted);
      }
      .steps .done {
        color: var(--o-text);
      }
      h2:focus {
        outline: none;
      }
      .plain {
        padding: 8px 16px 16px;
        color: var(--o-muted);
      }
    `],h([R({attribute:"shipment-id"})],xt.prototype,"shipmentId",2),h([R({type:Boolean})],xt.prototype,"back",2),xt=h([A("orderly-tracking")],xt);export{K as a,Ts as b,_s as c,j as d,it as e,Et as f,nt as g,At as h,Ct as i,pt as j,It as k,$t as l,at as m,xt as n};
