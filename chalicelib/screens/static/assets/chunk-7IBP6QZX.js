import{a as h,b as x,c as y,d as L,e as p,f as Ms}from"./chunk-TMRNBLX7.js";var ke=globalThis,_e=ke.ShadowRoot&&(ke.ShadyCSS===void 0||ke.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,Je=Symbol(),qs=new WeakMap,ne=class{constructor(i,t,e){if(this._$cssResult$=!0,e!==Je)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=i,this.t=t}get styleSheet(){let i=this.o,t=this.t;if(_e&&i===void 0){let e=t!==void 0&&t.length===1;e&&(i=qs.get(t)),i===void 0&&((this.o=i=new CSSStyleSheet).replaceSync(this.cssText),e&&qs.set(t,i))}return i}toString(){return this.cssText}},Ns=r=>new ne(typeof r=="string"?r:r+"",void 0,Je),k=(r,...i)=>{let t=r.length===1?r[0]:i.reduce((e,s,n)=>e+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(s)+r[n+1],r[0]);return new ne(t,r,Je)},Os=(r,i)=>{if(_e)r.adoptedStyleSheets=i.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(let t of i){let e=document.createElement("style"),s=ke.litNonce;s!==void 0&&e.setAttribute("nonce",s),e.textContent=t.cssText,r.appendChild(e)}},Xe=_e?r=>r:r=>r instanceof CSSStyleSheet?(i=>{let t="";for(let e of i.cssRules)t+=e.cssText;return Ns(t)})(r):r;var{is:gr,defineProperty:br,getOwnPropertyDescriptor:yr,getOwnPropertyNames:vr,getOwnPropertySymbols:$r,getPrototypeOf:xr}=Object,Te=globalThis,Ds=Te.trustedTypes,wr=Ds?Ds.emptyScript:"",kr=Te.reactiveElementPolyfillSupport,re=(r,i)=>r,oe={toAttribute(r,i){switch(i){case Boolean:r=r?wr:null;break;case Object:case Array:r=r==null?r:JSON.stringify(r)}return r},fromAttribute(r,i){let t=r;switch(i){case Boolean:t=r!==null;break;case Number:t=r===null?null:Number(r);break;case Object:case Array:try{t=JSON.parse(r)}catch{t=null}}return t}},Re=(r,i)=>!gr(r,i),Hs={attribute:!0,type:String,converter:oe,reflect:!1,useDefault:!1,hasChanged:Re};Symbol.metadata??=Symbol("metadata"),Te.litPropertyMetadata??=new WeakMap;var kt=class extends HTMLElement{static addInitializer(i){this._$Ei(),(this.l??=[]).push(i)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(i,t=Hs){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(i)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(i,t),!t.noAccessor){let e=Symbol(),s=this.getPropertyDescriptor(i,e,t);s!==void 0&&br(this.prototype,i,s)}}static getPropertyDescriptor(i,t,e){let{get:s,set:n}=yr(this.prototype,i)??{get(){return this[t]},set(o){this[t]=o}};return{get:s,set(o){let d=s?.call(this);n?.call(this,o),this.requestUpdate(i,d,e)},configurable:!0,enumerable:!0}}static getPropertyOptions(i){return this.elementProperties.get(i)??Hs}static _$Ei(){if(this.hasOwnProperty(re("elementProperties")))return;let i=xr(this);i.finalize(),i.l!==void 0&&(this.l=[...i.l]),this.elementProperties=new Map(i.elementProperties)}static finalize(){if(this.hasOwnProperty(re("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(re("properties"))){let t=this.properties,e=[...vr(t),...$r(t)];for(let s of e)this.createProperty(s,t[s])}let i=this[Symbol.metadata];if(i!==null){let t=litPropertyMetadata.get(i);if(t!==void 0)for(let[e,s]of t)this.elementProperties.set(e,s)}this._$Eh=new Map;for(let[t,e]of this.elementProperties){let s=this._$Eu(t,e);s!==void 0&&this._$Eh.set(s,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(i){let t=[];if(Array.isArray(i)){let e=new Set(i.flat(1/0).reverse());for(let s of e)t.unshift(Xe(s))}else i!==void 0&&t.push(Xe(i));return t}static _$Eu(i,t){let e=t.attribute;return e===!1?void 0:typeof e=="string"?e:typeof i=="string"?i.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(i=>this.enableUpdating=i),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(i=>i(this))}addController(i){(this._$EO??=new Set).add(i),this.renderRoot!==void 0&&this.isConnected&&i.hostConnected?.()}removeController(i){this._$EO?.delete(i)}_$E_(){let i=new Map,t=this.constructor.elementProperties;for(let e of t.keys())this.hasOwnProperty(e)&&(i.set(e,this[e]),delete this[e]);i.size>0&&(this._$Ep=i)}createRenderRoot(){let i=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Os(i,this.constructor.elementStyles),i}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(i=>i.hostConnected?.())}enableUpdating(i){}disconnectedCallback(){this._$EO?.forEach(i=>i.hostDisconnected?.())}attributeChangedCallback(i,t,e){this._$AK(i,e)}_$ET(i,t){let e=this.constructor.elementProperties.get(i),s=this.constructor._$Eu(i,e);if(s!==void 0&&e.reflect===!0){let n=(e.converter?.toAttribute!==void 0?e.converter:oe).toAttribute(t,e.type);this._$Em=i,n==null?this.removeAttribute(s):this.setAttribute(s,n),this._$Em=null}}_$AK(i,t){let e=this.constructor,s=e._$Eh.get(i);if(s!==void 0&&this._$Em!==s){let n=e.getPropertyOptions(s),o=typeof n.converter=="function"?{fromAttribute:n.converter}:n.converter?.fromAttribute!==void 0?n.converter:oe;this._$Em=s;let d=o.fromAttribute(t,n.type);this[s]=d??this._$Ej?.get(s)??d,this._$Em=null}}requestUpdate(i,t,e,s=!1,n){if(i!==void 0){let o=this.constructor;if(s===!1&&(n=this[i]),e??=o.getPropertyOptions(i),!((e.hasChanged??Re)(n,t)||e.useDefault&&e.reflect&&n===this._$Ej?.get(i)&&!this.hasAttribute(o._$Eu(i,e))))return;this.C(i,t,e)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(i,t,{useDefault:e,reflect:s,wrapped:n},o){e&&!(this._$Ej??=new Map).has(i)&&(this._$Ej.set(i,o??t??this[i]),n!==!0||o!==void 0)||(this._$AL.has(i)||(this.hasUpdated||e||(t=void 0),this._$AL.set(i,t)),s===!0&&this._$Em!==i&&(this._$Eq??=new Set).add(i))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}let i=this.scheduleUpdate();return i!=null&&await i,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[s,n]of this._$Ep)this[s]=n;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[s,n]of e){let{wrapped:o}=n,d=this[s];o!==!0||this._$AL.has(s)||d===void 0||this.C(s,void 0,n,d)}}let i=!1,t=this._$AL;try{i=this.shouldUpdate(t),i?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(e){throw i=!1,this._$EM(),e}i&&this._$AE(t)}willUpdate(i){}_$AE(i){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(i)),this.updated(i)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(i){return!0}update(i){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(i){}firstUpdated(i){}};kt.elementStyles=[],kt.shadowRootOptions={mode:"open"},kt[re("elementProperties")]=new Map,kt[re("finalized")]=new Map,kr?.({ReactiveElement:kt}),(Te.reactiveElementVersions??=[]).push("2.1.2");var Qe=globalThis,zs=r=>r,Se=Qe.trustedTypes,js=Se?Se.createPolicy("lit-html",{createHTML:r=>r}):void 0,ts="$lit$",_t=`lit$${Math.random().toFixed(9).slice(2)}$`,es="?"+_t,_r=`<${es}>`,Ot=document,le=()=>Ot.createComment(""),de=r=>r===null||typeof r!="object"&&typeof r!="function",ss=Array.isArray,Ws=r=>ss(r)||typeof r?.[Symbol.iterator]=="function",Ze=`[ 	
\f\r]`,ae=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,Fs=/-->/g,Ls=/>/g,qt=RegExp(`>|${Ze}(?:([^\\s"'>=/]+)(${Ze}*=${Ze}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),Is=/'/g,Us=/"/g,Vs=/^(?:script|style|textarea|title)$/i,is=r=>(i,...t)=>({_$litType$:r,strings:i,values:t}),a=is(1),qe=is(2),wo=is(3),Dt=Symbol.for("lit-noChange"),l=Symbol.for("lit-nothing"),Bs=new WeakMap,Nt=Ot.createTreeWalker(Ot,129);function Gs(r,i){if(!ss(r)||!r.hasOwnProperty("raw"))throw Error("invalid template strings array");return js!==void 0?js.createHTML(i):i}var Ks=(r,i)=>{let t=r.length-1,e=[],s,n=i===2?"<svg>":i===3?"<math>":"",o=ae;for(let d=0;d<t;d++){let c=r[d],u,m,b=-1,F=0;for(;F<c.length&&(o.lastIndex=F,m=o.exec(c),m!==null);)F=o.lastIndex,o===ae?m[1]==="!--"?o=Fs:m[1]!==void 0?o=Ls:m[2]!==void 0?(Vs.test(m[2])&&(s=RegExp("</"+m[2],"g")),o=qt):m[3]!==void 0&&(o=qt):o===qt?m[0]===">"?(o=s??ae,b=-1):m[1]===void 0?b=-2:(b=o.lastIndex-m[2].length,u=m[1],o=m[3]===void 0?qt:m[3]==='"'?Us:Is):o===Us||o===Is?o=qt:o===Fs||o===Ls?o=ae:(o=qt,s=void 0);let Y=o===qt&&r[d+1].startsWith("/>")?" ":"";n+=o===ae?c+_r:b>=0?(e.push(u),c.slice(0,b)+ts+c.slice(b)+_t+Y):c+_t+(b===-2?d:Y)}return[Gs(r,n+(r[t]||"<?>")+(i===2?"</svg>":i===3?"</math>":"")),e]},ce=class r{constructor({strings:i,_$litType$:t},e){let s;this.parts=[];let n=0,o=0,d=i.length-1,c=this.parts,[u,m]=Ks(i,t);if(this.el=r.createElement(u,e),Nt.currentNode=this.el.content,t===2||t===3){let b=this.el.content.firstChild;b.replaceWith(...b.childNodes)}for(;(s=Nt.nextNode())!==null&&c.length<d;){if(s.nodeType===1){if(s.hasAttributes())for(let b of s.getAttributeNames())if(b.endsWith(ts)){let F=m[o++],Y=s.getAttribute(b).split(_t),dt=/([.?@])?(.*)/.exec(F);c.push({type:1,index:n,name:dt[2],strings:Y,ctor:dt[1]==="."?Ae:dt[1]==="?"?Ce:dt[1]==="@"?Pe:zt}),s.removeAttribute(b)}else b.startsWith(_t)&&(c.push({type:6,index:n}),s.removeAttribute(b));if(Vs.test(s.tagName)){let b=s.textContent.split(_t),F=b.length-1;if(F>0){s.textContent=Se?Se.emptyScript:"";for(let Y=0;Y<F;Y++)s.append(b[Y],le()),Nt.nextNode(),c.push({type:2,index:++n});s.append(b[F],le())}}}else if(s.nodeType===8)if(s.data===es)c.push({type:2,index:n});else{let b=-1;for(;(b=s.data.indexOf(_t,b+1))!==-1;)c.push({type:7,index:n}),b+=_t.length-1}n++}}static createElement(i,t){let e=Ot.createElement("template");return e.innerHTML=i,e}};function Ht(r,i,t=r,e){if(i===Dt)return i;let s=e!==void 0?t._$Co?.[e]:t._$Cl,n=de(i)?void 0:i._$litDirective$;return s?.constructor!==n&&(s?._$AO?.(!1),n===void 0?s=void 0:(s=new n(r),s._$AT(r,t,e)),e!==void 0?(t._$Co??=[])[e]=s:t._$Cl=s),s!==void 0&&(i=Ht(r,s._$AS(r,i.values),s,e)),i}var Ee=class{constructor(i,t){this._$AV=[],this._$AN=void 0,this._$AD=i,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(i){let{el:{content:t},parts:e}=this._$AD,s=(i?.creationScope??Ot).importNode(t,!0);Nt.currentNode=s;let n=Nt.nextNode(),o=0,d=0,c=e[0];for(;c!==void 0;){if(o===c.index){let u;c.type===2?u=new Ut(n,n.nextSibling,this,i):c.type===1?u=new c.ctor(n,c.name,c.strings,this,i):c.type===6&&(u=new Me(n,this,i)),this._$AV.push(u),c=e[++d]}o!==c?.index&&(n=Nt.nextNode(),o++)}return Nt.currentNode=Ot,s}p(i){let t=0;for(let e of this._$AV)e!==void 0&&(e.strings!==void 0?(e._$AI(i,e,t),t+=e.strings.length-2):e._$AI(i[t])),t++}},Ut=class r{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(i,t,e,s){this.type=2,this._$AH=l,this._$AN=void 0,this._$AA=i,this._$AB=t,this._$AM=e,this.options=s,this._$Cv=s?.isConnected??!0}get parentNode(){let i=this._$AA.parentNode,t=this._$AM;return t!==void 0&&i?.nodeType===11&&(i=t.parentNode),i}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(i,t=this){i=Ht(this,i,t),de(i)?i===l||i==null||i===""?(this._$AH!==l&&this._$AR(),this._$AH=l):i!==this._$AH&&i!==Dt&&this._(i):i._$litType$!==void 0?this.$(i):i.nodeType!==void 0?this.T(i):Ws(i)?this.k(i):this._(i)}O(i){return this._$AA.parentNode.insertBefore(i,this._$AB)}T(i){this._$AH!==i&&(this._$AR(),this._$AH=this.O(i))}_(i){this._$AH!==l&&de(this._$AH)?this._$AA.nextSibling.data=i:this.T(Ot.createTextNode(i)),this._$AH=i}$(i){let{values:t,_$litType$:e}=i,s=typeof e=="number"?this._$AC(i):(e.el===void 0&&(e.el=ce.createElement(Gs(e.h,e.h[0]),this.options)),e);if(this._$AH?._$AD===s)this._$AH.p(t);else{let n=new Ee(s,this),o=n.u(this.options);n.p(t),this.T(o),this._$AH=n}}_$AC(i){let t=Bs.get(i.strings);return t===void 0&&Bs.set(i.strings,t=new ce(i)),t}k(i){ss(this._$AH)||(this._$AH=[],this._$AR());let t=this._$AH,e,s=0;for(let n of i)s===t.length?t.push(e=new r(this.O(le()),this.O(le()),this,this.options)):e=t[s],e._$AI(n),s++;s<t.length&&(this._$AR(e&&e._$AB.nextSibling,s),t.length=s)}_$AR(i=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);i!==this._$AB;){let e=zs(i).nextSibling;zs(i).remove(),i=e}}setConnected(i){this._$AM===void 0&&(this._$Cv=i,this._$AP?.(i))}},zt=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(i,t,e,s,n){this.type=1,this._$AH=l,this._$AN=void 0,this.element=i,this.name=t,this._$AM=s,this.options=n,e.length>2||e[0]!==""||e[1]!==""?(this._$AH=Array(e.length-1).fill(new String),this.strings=e):this._$AH=l}_$AI(i,t=this,e,s){let n=this.strings,o=!1;if(n===void 0)i=Ht(this,i,t,0),o=!de(i)||i!==this._$AH&&i!==Dt,o&&(this._$AH=i);else{let d=i,c,u;for(i=n[0],c=0;c<n.length-1;c++)u=Ht(this,d[e+c],t,c),u===Dt&&(u=this._$AH[c]),o||=!de(u)||u!==this._$AH[c],u===l?i=l:i!==l&&(i+=(u??"")+n[c+1]),this._$AH[c]=u}o&&!s&&this.j(i)}j(i){i===l?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,i??"")}},Ae=class extends zt{constructor(){super(...arguments),this.type=3}j(i){this.element[this.name]=i===l?void 0:i}},Ce=class extends zt{constructor(){super(...arguments),this.type=4}j(i){this.element.toggleAttribute(this.name,!!i&&i!==l)}},Pe=class extends zt{constructor(i,t,e,s,n){super(i,t,e,s,n),this.type=5}_$AI(i,t=this){if((i=Ht(this,i,t,0)??l)===Dt)return;let e=this._$AH,s=i===l&&e!==l||i.capture!==e.capture||i.once!==e.once||i.passive!==e.passive,n=i!==l&&(e===l||s);s&&this.element.removeEventListener(this.name,this,e),n&&this.element.addEventListener(this.name,this,i),this._$AH=i}handleEvent(i){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,i):this._$AH.handleEvent(i)}},Me=class{constructor(i,t,e){this.element=i,this.type=6,this._$AN=void 0,this._$AM=t,this.options=e}get _$AU(){return this._$AM._$AU}_$AI(i){Ht(this,i)}},ko={M:ts,P:_t,A:es,C:1,L:Ks,R:Ee,D:Ws,V:Ht,I:Ut,H:zt,N:Ce,U:Pe,B:Ae,F:Me},Tr=Qe.litHtmlPolyfillSupport;Tr?.(ce,Ut),(Qe.litHtmlVersions??=[]).push("3.3.3");var Ys=(r,i,t)=>{let e=t?.renderBefore??i,s=e._$litPart$;if(s===void 0){let n=t?.renderBefore??null;e._$litPart$=s=new Ut(i.insertBefore(le(),n),n,void 0,t??{})}return s._$AI(r),s};var ns=globalThis,yt=class extends kt{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let i=super.createRenderRoot();return this.renderOptions.renderBefore??=i.firstChild,i}update(i){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(i),this._$Do=Ys(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return Dt}};yt._$litElement$=!0,yt.finalized=!0,ns.litElementHydrateSupport?.({LitElement:yt});var Rr=ns.litElementPolyfillSupport;Rr?.({LitElement:yt});(ns.litElementVersions??=[]).push("4.2.2");var R=r=>(i,t)=>{t!==void 0?t.addInitializer(()=>{customElements.define(r,i)}):customElements.define(r,i)};var Sr={attribute:!0,type:String,converter:oe,reflect:!1,hasChanged:Re},Er=(r=Sr,i,t)=>{let{kind:e,metadata:s}=t,n=globalThis.litPropertyMetadata.get(s);if(n===void 0&&globalThis.litPropertyMetadata.set(s,n=new Map),e==="setter"&&((r=Object.create(r)).wrapped=!0),n.set(t.name,r),e==="accessor"){let{name:o}=t;return{set(d){let c=i.get.call(this);i.set.call(this,d),this.requestUpdate(o,c,r,!0,d)},init(d){return d!==void 0&&this.C(o,void 0,r,d),d}}}if(e==="setter"){let{name:o}=t;return function(d){let c=this[o];i.call(this,d),this.requestUpdate(o,c,r,!0,d)}}throw Error("Unsupported decorator location: "+e)};function S(r){return(i,t)=>typeof t=="object"?Er(r,i,t):((e,s,n)=>{let o=s.hasOwnProperty(n);return s.constructor.createProperty(n,e),o?Object.getOwnPropertyDescriptor(s,n):void 0})(r,i,t)}function f(r){return S({...r,state:!0,attribute:!1})}var At="/storefront/v1",g="/api/v1/embed";var Q=Object.freeze({orders:{list:`GET ${At}/orders`,get:`GET ${At}/orders/{order_number}`,cancel:`POST ${At}/orders/{order_number}/cancel`,requestAddressChange:`POST ${At}/orders/{order_number}/address-change`,track:`GET ${At}/orders/track/{token}`,requestAccessCode:`POST ${At}/orders/access/request`,verifyAccessCode:`POST ${At}/orders/access/verify`,getByAccessToken:`GET ${At}/orders/access/detail`},embed:{createAutoSession:`POST ${g}/sessions/auto`,session:{get:`GET ${g}/session`},config:{get:`GET ${g}/config`},branding:{get:`GET ${g}/branding`,update:`PATCH ${g}/branding`},bridgeTypes:{list:`GET ${g}/bridge-types`},bridges:{list:`GET ${g}/bridges`,create:`POST ${g}/bridges`,update:`PATCH ${g}/bridges/{id}`,delete:`DELETE ${g}/bridges/{id}`,test:`POST ${g}/bridges/{id}/test`,sync:`POST ${g}/bridges/{id}/sync`,runs:`GET ${g}/bridges/{id}/runs`,startShopifyOAuth:`POST ${g}/bridges/shopify/oauth/start`,connectWooCommerce:`POST ${g}/bridges/woocommerce/connect`},orders:{list:`GET ${g}/orders`,get:`GET ${g}/orders/{id}`},shipments:{list:`GET ${g}/shipments`,get:`GET ${g}/shipments/{id}`},tracking:{get:`GET ${g}/tracking/{id}`},customerExports:{get:`GET ${g}/customer-exports/{id}`},actionRequests:{list:`GET ${g}/action-requests`,create:`POST ${g}/action-requests`,get:`GET ${g}/action-requests/{id}`,cancel:`DELETE ${g}/action-requests/{id}`},insights:{list:`GET ${g}/insights`},alerts:{dryRun:`POST ${g}/alerts/dry-run`},alertRules:{list:`GET ${g}/alerts/rules`,create:`POST ${g}/alerts/rules`,update:`PATCH ${g}/alerts/rules/{id}`,delete:`DELETE ${g}/alerts/rules/{id}`,test:`POST ${g}/alerts/rules/{id}/test`,deliveries:`GET ${g}/alerts/rules/{id}/deliveries`,retryDelivery:`POST ${g}/alerts/rules/{id}/deliveries/{deliveryId}/retry`,replay:`POST ${g}/alerts/rules/{id}/replay`},notifications:{list:`GET ${g}/alerts/notifications`,update:`PATCH ${g}/alerts/notifications/{id}`},webhooks:{eventTypes:`GET ${g}/webhooks/event-types`,list:`GET ${g}/webhooks`,create:`POST ${g}/webhooks`,update:`PATCH ${g}/webhooks/{id}`,delete:`DELETE ${g}/webhooks/{id}`,test:`POST ${g}/webhooks/{id}/test`,rotateSecret:`POST ${g}/webhooks/{id}/rotate-secret`,deliveries:`GET ${g}/webhooks/{id}/deliveries`,retryDelivery:`POST ${g}/webhooks/{id}/deliveries/{deliveryId}/retry`,replay:`POST ${g}/webhooks/{id}/replay`},trackingPages:{list:`GET ${g}/tracking-pages`,create:`POST ${g}/tracking-pages`,revoke:`DELETE ${g}/tracking-pages/{id}`,view:`GET ${g}/tracking-pages/view/{token}`}}}),Ar=new Set([Q.embed.config.get,Q.embed.trackingPages.view]);function as(r){let i=String(r.baseUrl??new URL(".",import.meta.url)).replace(/\/+$/,""),t=r.fetch??globalThis.fetch.bind(globalThis),e=r.customerToken??null,s=Bt(r.sessionToken??null),n=r.fetchSession?()=>hr(r.fetchSession):null,o=n,d=null,c=()=>({"X-Api-Key":r.publishableKey}),u=()=>({...c(),...rs(e)}),m={list:(w={})=>Z(Q.orders.list,[],{query:w,headers:u()}),get:w=>Z(Q.orders.get,[w],{headers:u()}),cancel:w=>Z(Q.orders.cancel,[w],{headers:u()}),requestAddressChange:(w,E)=>Z(Q.orders.requestAddressChange,[w],{body:E,headers:u()}),track:w=>Z(Q.orders.track,[w],{headers:c()}),requestAccessCode:(w,E)=>Z(Q.orders.requestAccessCode,[],{body:{orderNumber:w,email:E},headers:c()}),verifyAccessCode:(w,E,U)=>Z(Q.orders.verifyAccessCode,[],{body:{orderNumber:w,email:E,code:U},headers:c()}),getByAccessToken:w=>Z(Q.orders.getByAccessToken,[],{headers:{...c(),"X-Order-Access":w}})},b={...F(Q.embed),async createAutoSession(w){let E={key:r.publishableKey,...w},U=async()=>{let J=await Z(Q.embed.createAutoSession,[],{body:E});return J.data&&(s=Bt(J.data.token,J.data.expiresAt)),J},ct=await U();return ct.data&&(o=async()=>(await U()).error),ct},request:(w,E,U={})=>dt(`${w} ${g}${E}`,[],U)};return{orders:m,embed:b,setCustomerToken(w){e=w},setSessionToken(w,E){w&&w===s.token?Object.assign(s,Bt(w,E)):s=Bt(w,E),o=n}};function F(w){return Object.fromEntries(Object.entries(w).map(([E,U])=>[E,typeof U=="string"?Y(U):F(U)]))}function Y(w){let E=w.split("{").length-1,U=w.startsWith("GET ")?"query":"body",ct=Ar.has(w)?Z:dt;return(...J)=>ct(w,J.slice(0,E),{[U]:J[E],...J[E+1]})}async function dt(w,E,U){if(o&&s.renewAt<=Date.now()){let ie=await ee();if(ie&&s.expiresAt<=Date.now())return{data:null,error:ie}}let ct=s,J=await Z(w,E,{...U,headers:rs(ct.token)});if(!o||J.error?.status!==401||J.error.code==="wrong_credential")return J;let se=s===ct?await ee():null;return se?{data:null,error:se}:Z(w,E,{...U,headers:rs(s.token)})}function ee(){return d??=o().finally(()=>{d=null}),d}async function hr(w){try{let E=await w();return s=typeof E=="string"?Bt(E):Bt(E.token,E.expiresAt),null}catch(E){return Js({code:"SESSION_NOT_RENEWED",message:String(E?.message??E),status:0})}}async function Z(w,E,{query:U,body:ct,headers:J={},idempotencyKey:se,signal:ie}){try{let[we,mr]=w.split(" "),As=E.map(String);if(!As.every(Cr))return os({code:"NOT_FOUND",message:"Nothing has this id.",status:404});let fr=mr.replace(/\{\w+\}/g,()=>encodeURIComponent(String(As.shift()))),Cs=AbortSignal.timeout(3e4),Ps=await t(i+fr+Pr(U),{method:we,headers:{...J,...ct===void 0?{}:{"Content-Type":"application/json"},...se===void 0?{}:{"Idempotency-Key":se}},body:ct===void 0?void 0:JSON.stringify(ct),credentials:"omit",signal:ie?AbortSignal.any([ie,Cs]):Cs});return qr(Ps,Mr(await Ps.text()))}catch(we){return os({code:"NETWORK_ERROR",message:String(we?.message??we),status:0})}}}function Bt(r,i){if(!r)return{token:r,renewAt:-1/0,expiresAt:-1/0};let t=Date.parse(i)-Date.now();if(!(t>0))return{token:r,renewAt:1/0,expiresAt:1/0};let e=Date.now()+t;return{token:r,renewAt:e-Math.min(6e4,t/2),expiresAt:e}}function Cr(r){return!["",".","..","undefined","null"].includes(r)&&!new RegExp("\\p{Surrogate}","u").test(r)}function rs(r){return r?{Authorization:`Bearer ${r}`}:{}}function Pr(r){let i=Object.entries(r??{}).filter(([,t])=>t!=null);return i.length?`?${new URLSearchParams(i.map(([t,e])=>[t,String(e)]))}`:""}function Mr(r){try{return JSON.parse(r)}catch{return null}}function qr(r,i){if(r.ok&&i!==null)return typeof i=="object"&&"data"in i?{...i,error:null}:{data:i,error:null};let t=i?.error??i??{};return os({code:t.code??"UNREADABLE_ANSWER",message:t.message??`The API responded with status ${r.status}.`,status:r.status,requestId:t.request_id??null,details:t.details??[],retryAfter:Number(r.headers.get("Retry-After"))||null})}function Js(r){return{requestId:null,details:[],retryAfter:null,...r}}function os(r){return{data:null,error:Js(r)}}var Xs=/^\d{4}-\d{2}-\d{2}$/,pe=class{#t;#s;#e;#i;#n;#o;constructor(i){this.#t=i,this.#s=new Intl.DateTimeFormat(i,{dateStyle:"medium"}),this.#e=new Intl.DateTimeFormat(i,{dateStyle:"medium",timeZone:"UTC"}),this.#i=new Intl.DateTimeFormat(i,{dateStyle:"medium",timeStyle:"short"}),this.#n=new Intl.NumberFormat(i),this.#o=new Intl.PluralRules(i)}date(i){return this.#a(Xs.test(i??"")?this.#e:this.#s,i)}dateTime(i){return this.#a(Xs.test(i??"")?this.#e:this.#i,i)}number(i){return this.#n.format(i)}money(i,t){if(i==null)return"";try{return new Intl.NumberFormat(this.#t,{style:"currency",currency:t??""}).format(i)}catch{return new Intl.NumberFormat(this.#t,{minimumFractionDigits:2}).format(i)}}plural(i,t){let e=this.#o.select(i)==="one"?t.one:t.other;return v(e,{n:this.number(i)})}country(i){return/^[A-Z]{2}$/.test(i)?new Intl.DisplayNames(this.#t,{type:"region"}).of(i)??i:i}#a(i,t){let e=t?Date.parse(t):NaN;return Number.isNaN(e)?t??"":i.format(e)}};function v(r,i){return r.replace(/\{(\w+)\}/g,(t,e)=>String(i[e]??t))}var tt={language:"en",actions:{back:"Back",cancel:"Cancel",clear:"Clear filters",close:"Close",copied:"Copied",copy:"Copy",export:"Export CSV",exporting:"Exporting {n}…",filters:"Filters",next:"Next",previous:"Previous",retry:"Try again",stop:"Stop",save:"Save",edit:"Edit",delete:"Delete",sure:"Yes, I am sure",open:"Open"},states:{loading:"Loading…",error:"This could not be loaded.",reference:"Reference: {id}",offline:"You seem to be offline.",offlineHint:"Nothing you entered is lost. It works again once you are connected.",expired:"Your session has ended.",expiredHint:"Reload the page, or open the link again. What you entered is still here until you do.",forbiddenHint:"Ask {name} if you need it.",notFound:"This is not here any more.",busy:"Too many requests. Try again in a moment.",refused:"This link belongs to another organization.",refusedHint:"Ask for a new link where you got this one.",noSession:"Open this page with the link that you were given.",noSessionHint:"For your safety the link works in one tab only, and not after a reload.",support:"your provider"},errors:{already_connected:"This shop is connected already.",bad_gateway:"Something went wrong on our side. Try again.",bad_request:"This could not be understood.",bridge_gone:"This connection was deleted in the meantime.",bridge_moving:"The data of this connection is being moved. Try again later.",bridge_paused:"This connection is paused. Resume it first.",bridge_pending:"The shop still waits for your consent. Reconnect it.",bridge_type_not_allowed:"This kind of connection is not offered to you.",bridge_type_unavailable:"This kind of connection is not available at the moment.",conflict:"Somebody changed this at the same time. Try again.",duplicate_request:"You asked for this already, and it is not decided yet.",embed_disabled:"This service is switched off for now.",feature_disabled:"This is not switched on.",forbidden:"You may not do this.",gateway_timeout:"Something went wrong on our side. Try again.",gone:"This is not here any more.",idempotency_answer_lost:"This was done already. Reload the page to see it.",idempotency_in_flight:"This is still being done. Wait a moment.",idempotency_key_reused:"This was sent before with other words. Send it once more.",identity_unverified:"It is not proven who you are. Open this page again from your account.",insufficient_scope:"Your access does not cover this.",internal_error:"Something went wrong on our side. Try again.",limit_reached:"You have as many as you may have. Delete one first.",not_found:"This is not here any more.",not_pending:"This request is no longer pending.",organization_suspended:"This service is suspended for now.",origin_not_allowed:"It may not be shown on this website.",payload_too_large:"This is too long. Shorten it.",rate_limited:"Too many requests. Try again in a moment.",read_only_session:"You are only looking. Nothing can be changed here.",sync_not_available:"This connection is synchronized on a schedule of its own.",unavailable:"This is busy at the moment. Try again shortly.",validation_failed:"Check what you entered.",webhook_inactive:"This webhook is switched off. Switch it on first."},said:{by_hand:"Your provider does this by hand.",not_changeable_there:"This cannot be changed at the shop from here. Your provider does it by hand.",address_in_words:"The new address stands only in the description. Your provider changes it by hand."},notices:{"shipment.shipped":["Shipment on its way","Shipment[ {number}] is on its way[ with {carrier}][ and is expected on {day}]."],"shipment.stalled":["Shipment standing still","Shipment[ {number}] has not been scanned[ since {since}][ with {carrier}]."],"shipment.late":["Shipment late","Shipment[ {number}] was expected[ on {day}] and has not been delivered."],"shipment.eta_changed":["Expected delivery changed","Shipment[ {number}] is now expected[ on {day}][ instead of {previous_day}]."]},navigation:{label:"Sections",orders:"Orders",shipments:"Shipments",requests:"Requests",connect:"Connections",alerts:"Alerts",webhooks:"Webhooks",trackingPages:"Tracking pages",insights:"Figures"},list:{page:"Page {n}",total:{one:"{n} result",other:"{n} results"},totalCapped:"more than {n} results",from:"From",to:"To",all:"All",status:"Status",none:"Nothing matches these filters."},orders:{title:"Orders",search:"Order number, customer, SKU or tracking number",empty:"No orders yet",emptyHint:"Orders appear here as soon as a connected shop has some.",order:"Order",date:"Date",customer:"Customer",payment:"Payment",fulfillment:"Fulfilment",total:"Total",shipments:"Shipments",bridge:"Connection",noNumber:"No number"},order:{activities:{},items:"Items",item:"Item",quantity:"Qty",price:"Price",amount:"Amount",subtotal:"Subtotal",shipping:"Shipping",tax:"Tax",discount:"Discount",total:"Total",noItems:"No items were sent with this order.",shipments:"Shipments",noShipments:"Nothing has been shipped yet.",customer:"Customer",shippingAddress:"Shipping address",billingAddress:"Billing address",sameAddress:"Same as the shipping address",noAddress:"No address",notes:"Notes",tags:"Tags",timeline:"Timeline",noTimeline:"Nothing has happened yet.",ordered:"Ordered {date}",changed:"{from} → {to}",syncedFrom:"Synced from {name}"},shipments:{title:"Shipments",search:"Tracking or order number",empty:"No shipments yet",emptyHint:"Shipments appear here as soon as something is on its way.",number:"Tracking number",carrier:"Carrier",shipped:"Shipped",expected:"Expected",delivered:"Delivered",noNumber:"No tracking number",anyCarrier:"Any carrier"},tracking:{title:"Tracking",history:"History",noHistory:"The carrier has not reported anything yet.",service:"Service",progress:"Progress",steps:{label:"Label created",moving:"On its way",out:"Out for delivery",delivered:"Delivered"},signals:{"shipment.stalled":{title:"Stands still",text:"No scan since {time}"},"shipment.late":{title:"Late",text:"Expected on {day}"},"shipment.eta_changed":{title:"Expected on another day",text:"{day} instead of {before}"}},order:"Open the order"},requests:{title:"Requests",ask:"Request a change",send:"Send request",sent:"Your request was sent. You find it under Requests.",until:"Possible until {time}.",request:"Request",type:"What",asked:"Asked",description:"Description",changes:"Changes",answer:"Answer",answered:"Answered",expires:"Expires",application:"At the shop",openOrder:"Open the order",takeBack:"Take back",reason:"Reason",note:"Note",holdUntil:"Hold until",countryHint:"Two letters, such as US or DE",empty:"No requests yet",emptyHint:"Open an order to ask for its cancellation, another address, and more.",types:{cancel:"Cancel the order",address_change:"Change the address",hold:"Hold the order",release:"Release the order",expedite:"Ship it sooner",note:"Add a note",other:"Something else"},applications:{pending:"Waits at the shop",applying:"Being carried out",applied:"Carried out",failed:"Could not be carried out",manual:"To be done by hand"},address:{name:"Name",address1:"Address",address2:"Address, second line",zip:"Postcode",city:"City",state:"State or region",country:"Country",phone:"Phone"}},bridges:{categories:{ecommerce:"Shop",shipping:"Shipping",marketplace:"Marketplace"},title:"Connections",add:"Connect a shop",choose:"What do you want to connect?",noTypes:"There is nothing to connect.",empty:"Nothing is connected yet",emptyHint:"Connect your shop, and its orders appear here.",connect:"Connect",connecting:"Connecting…",connectTo:"Connect {name}",reconnectTo:"Reconnect {name}",goTo:"Go to {name}",consentHint:"{name} opens in a new window and asks for your consent.",consentEnded:"The window was closed before you gave your consent. Try again.",byKey:"Use keys instead",byConsent:"Use its consent page instead",already:"It is in your list already. Use Reconnect there to renew it.",help:"Where to find these",waiting:"Waiting for your consent at {name}",waitingHint:"Go on in the other window. This page notices when you are done.",openAgain:"Open the window again",connected:"Connected.",name:"Name",lastSync:"Last synchronized {time}",neverSynced:"Not synchronized yet",nextSync:"next {time}",reconnectNeeded:"The shop no longer accepts this connection.",firstSync:"First synchronization",running:"Synchronizing…",progress:"Fetching what there is: {n} so far",progressOf:"Fetching what there is: {n} of {of}",sync:"Synchronize now",test:"Test",testWorked:"The connection works.",pause:"Pause",resume:"Resume",rename:"Rename",reconnect:"Reconnect",deleteHint:"Its orders and shipments are deleted too.",runs:"What was done",noRuns:"Nothing was done yet.",task:"Task",result:"Result",counts:"{created} new, {updated} changed, {failed} failed",tasks:{grab_orders:"Fetch orders",grab_shipments:"Fetch shipments",get_order:"Fetch one order",push_fulfillment:"Report a shipment",apply_request:"Apply a request"},triggers:{connect:"after connecting",schedule:"by schedule",webhook:"told by the shop",manual:"by hand",request:"after a request"}},events:{"order.created":"New order","order.updated":"Order changed","order.status_changed":"Order has a new status","shipment.created":"New shipment","shipment.shipped":"Shipment on its way","shipment.delivered":"Shipment delivered","shipment.exception":"Shipment held up","shipment.stalled":"Shipment stands still","shipment.late":"Shipment is late","shipment.eta_changed":"Expected day changed","tracking.updated":"Tracking news","bridge.connected":"Connection works","bridge.disconnected":"Connection lost","bridge.sync_completed":"Synchronized","webhook.test":"Test","alert.triggered":"Alert"},webhooks:{title:"Webhooks",add:"Add webhook",create:"Create webhook",empty:"No webhooks yet",emptyHint:"A webhook tells your own system of new orders and shipments as they happen.",url:"Address",description:"Description",events:"Events",test:"Send test",testing:"Testing…",testWorked:"The test was received.",testFailed:"The test was not received.",switchOn:"Switch on",switchOff:"Switch off",newSecret:"New secret",secretOnce:"This is the signing secret. It is shown only now.",why:"Switched off: {reason}",failures:{one:"{n} failure in a row",other:"{n} failures in a row"},waiting:{one:"{n} delivery waits.",other:"{n} deliveries wait."},nextAttempt:"Next attempt {time}",lastSuccess:"Last delivered {time}",neverDelivered:"Nothing delivered yet",deliveries:"Deliveries",noDeliveries:"No deliveries yet",replayDay:"Resend failed of 24 hours",replayWeek:"Resend failed of 7 days",queued:{one:"{n} delivery is sent again.",other:"{n} deliveries are sent again."},event:"Event",answer:"Answer",time:"Time",details:"Details",attempt:"Attempt {n}",retry:"Send again"},alerts:{quoted:"“{text}”",title:"Alerts",add:"Add alert",create:"Create alert",empty:"No alerts yet",emptyHint:"Be told when something needs you, such as a shipment that is held up.",name:"Name",when:"When",condition:"Only if",always:"Every time. Add a condition to be told of fewer.",addLine:"Add condition",joined:"Conditions that must hold",all:"all of them",any:"any of them",field:"Field",operator:"Comparison",value:"Value",kept:"This condition was made elsewhere and is kept as it is.",how:"How you are told",methods:{in_app:"Here",webhook:"By webhook",both:"Here and by webhook"},cooldown:"Minutes of silence after an alert (5 to 1440)",trial:"Try it",trialHint:"See which of your recent events this would have told you of. Nothing is sent.",try:"Try on recent events",matched:"{n} of {of} recent events match.",last:"Last alert {time}",never:"No alert yet",suppressed:{one:"{n} held back since",other:"{n} held back since"},if:"if",and:" and ",or:" or ",fields:{status:"status",order_number:"order number","totals.total":"total",currency:"currency",payment_status:"payment",fulfillment_status:"fulfilment","customer.name":"customer’s name","customer.email":"customer’s e-mail",carrier:"carrier",service:"service",tracking_number:"tracking number",estimated_delivery:"expected day",name:"name",type:"type",error_message:"error"},operators:{eq:"is",ne:"is not",gt:"is more than",gte:"is at least",lt:"is less than",lte:"is at most",contains:"contains",starts_with:"begins with"}},notifications:{title:"Notifications",unread:{one:"{n} unread notification",other:"{n} unread notifications"},readAll:"Mark all as read",dismiss:"Dismiss",new:"New",held:"{n} more were held back",empty:"Nothing to tell",emptyHint:"Your alerts appear here."},trackingPages:{title:"Tracking pages",make:"Make a tracking link for a shipment",find:"Find shipment",notFound:"There is no such shipment.",create:"Create link",link:"Link",views:"Views",viewed:{one:"{n} view",other:"{n} views"},expires:"Expires",actions:"Actions",revoke:"Revoke",empty:"No tracking links yet",emptyHint:"A tracking link shows a shopper where a shipment is, in your brand."},insights:{title:"Figures",period:"Period",days:"Last {n} days",measure:"What the chart shows",byDay:"by day",byDays:"by {n} days",most:"{n} at most",day:"Day",daysFrom:"From",empty:"No figures yet",emptyHint:"They are counted from the first order on.",measures:{orders:"Orders",shipped:"Shipped",delivered:"Delivered",on_time:"On time",late:"Late",exceptions:"Held up"}},status:{late:"Late",pending:"Pending",confirmed:"Confirmed",processing:"Processing",partially_shipped:"Partly shipped",shipped:"Shipped",delivered:"Delivered",cancelled:"Cancelled",returned:"Returned",refunded:"Refunded",on_hold:"On hold",label_created:"Label created",picked_up:"Picked up",in_transit:"In transit",out_for_delivery:"Out for delivery",available_for_pickup:"Ready for pickup",attempt_failed:"Delivery attempt failed",exception:"Held up",unpaid:"Unpaid",paid:"Paid",partially_refunded:"Partly refunded",unfulfilled:"Unfulfilled",partially_fulfilled:"Partly fulfilled",fulfilled:"Fulfilled",approved:"Approved",denied:"Denied",expired:"Expired",applying:"Being applied",applied:"Done in the shop",failed:"Failed",manual:"To be done by hand",active:"Active",paused:"Paused",error:"Error",disconnected:"Disconnected",pending_oauth:"Waiting for consent",queued:"Queued",running:"Running",succeeded:"Succeeded",skipped:"Skipped",disabled:"Switched off",failing:"Failing",revoked:"Revoked"}};var Zs={de:async()=>(await import("./de-3HLSV4F3.js")).de,es:async()=>(await import("./es-GUSGMTI5.js")).es,fr:async()=>(await import("./fr-NNTEZDFE.js")).fr,pt:async()=>(await import("./pt-AKD6YIDU.js")).pt};function Qs(r){return r.map(t=>t?.toLowerCase().split("-")[0]??"").find(t=>t==="en"||t in Zs)??"en"}async function ti(r){return await Zs[r]?.().catch(()=>tt)??tt}var Oe=class{constructor(){this.state="missing";this.info=null;this.error=null;this.offline=!1;this.texts=null;this.format=new pe("en");this.renewals=0;this.#t=null;this.#s=null;this.#e="";this.#i=null;this.#n=new Set}#t;#s;#e;#i;#n;add(i){this.#n.add(i)}remove(i){this.#n.delete(i)}get usable(){return this.state==="ready"||this.state==="expired"?!0:this.state==="starting"&&!this.#s?.organization&&!this.#s?.publishableKey}allows(i,t){if(!this.info)return!0;let e=typeof t=="string"?[t]:t;return this.has(i)&&e.some(s=>this.info.enabledFeatures.includes(s))}mayChange(i,t){return this.info!==null&&!this.info.readOnly&&this.allows(i,t)}has(i){let t=this.info?.scopes??[];return t.includes(i)||t.includes(i.replace(":read",":write"))}async setLanguage(i){let t=Qs(i);if(t===this.#e)return;this.#e=t;let e=t==="en"?tt:await ti(t);if(t!==this.#e)return;this.texts=e;let s=i.find(n=>n?.toLowerCase().startsWith(`${t}-`));this.format=new pe(s??t),this.#l()}get supportName(){let i=this.info?.organization.branding.company_name;return typeof i=="string"&&i.trim()?i.trim():(this.texts??tt).states.support}async begin(i){let t=this.#s;if(this.#s=i,t!==null&&this.#t!==null&&t.baseUrl===i.baseUrl&&t.publishableKey===i.publishableKey&&t.externalId===i.externalId&&i.sessionToken&&i.sessionToken!==t.sessionToken)this.#t.setSessionToken(i.sessionToken);else{if(!i.sessionToken&&!i.fetchSession&&!i.publishableKey){this.#r("missing");return}this.#t=this.#o(i)}this.#i=i.sessionToken,await this.#d()}async restart(){this.#t&&await this.#d()}async call(i){let t=await i(this.#t);return this.#h(t.error),t}#o(i){return as({baseUrl:i.baseUrl,publishableKey:i.publishableKey??void 0,sessionToken:i.sessionToken,fetchSession:i.fetchSession?()=>this.#a(i.fetchSession):void 0,...i.fetch?{fetch:i.fetch}:{}})}async#a(i){let t=await i(),e=this.#i===null;return this.#i=typeof t=="string"?t:t.token,!e&&typeof t=="string"&&queueMicrotask(()=>{this.#c()}),t}async#d(){let i=this.#t;this.#r(this.state==="expired"?"expired":"starting");let{publishableKey:t,externalId:e,userHash:s,sessionToken:n,fetchSession:o}=this.#s;if(t&&!n&&!o){let d=await i.embed.createAutoSession({externalId:e??"",userHash:s});if(i!==this.#t)return;if(d.error)return this.#u(d.error)}await this.#c()}async#c(){let i=this.#t,{data:t,error:e}=await i.embed.session.get();if(i!==this.#t)return;if(e)return this.#u(e);let s=this.#s.organization;if(s!==null&&s!==t.organization.slug){this.#t=null,this.#r("refused");return}this.#i&&i.setSessionToken(this.#i,t.expiresAt),this.info=t,this.#p()}#h(i){let t=i?.status===0&&i.code==="NETWORK_ERROR";ei(i)?this.#r("expired",i):this.state==="expired"&&!i?this.#p():t!==this.offline&&(this.offline=t,this.#l())}#p(){this.state!=="starting"&&this.state!=="ready"&&(this.renewals+=1),this.offline=!1,this.#r("ready")}#u(i){this.offline=i.code==="NETWORK_ERROR",this.#r(ei(i)?"expired":"failed",i)}#r(i,t=null){this.state=i,this.error=t,this.#l()}#l(){for(let i of[...this.#n])i.sessionChanged()}};function ei(r){return r?.status===401||r?.code==="SESSION_NOT_RENEWED"}var si=k`
  :host {
    color-scheme: light dark;
    --o-accent: var(--orderly-accent, var(--brand-accent));
    --o-fill: var(--orderly-accent, var(--brand-fill));
    --o-on-fill: var(--orderly-on-accent, var(--brand-on-fill));
    --o-band: var(--orderly-accent, var(--brand-band));
    --o-on-band: var(--orderly-on-accent, var(--brand-on-band));
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
`,A=k`
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
  /* In a narrow column, such as a tracking number; the whole is one click away. */
  .cut {
    display: block;
    max-inline-size: 20ch;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
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

  :focus-visible,
  /* The parts of a date have the focus in its place. */
  [type='date']:focus-within {
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
  /* A button that somebody pressed keeps the focus while it works, so those of components are only marked. */
  .button:disabled,
  [aria-disabled='true'] {
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
  .field > .hint {
    font-weight: 400;
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
    /* Its words keep a column from becoming narrower than they are. */
    overflow-wrap: break-word;
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
`,I=k`
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
  .others.alone {
    grid-template-columns: repeat(auto-fit, minmax(min(140px, 100%), 220px));
  }
  @container (min-width: 621px) and (max-width: 860px) {
    .roomy {
      display: none !important;
    }
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
`,ii=k`
  pre {
    margin: 6px 0 0;
    padding: 8px 10px;
    border-radius: 6px;
    background: var(--o-quiet-tint);
    font-size: var(--o-small);
    white-space: pre-wrap;
  }
`,ni=k`
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
`;var De=[255,255,255],oi=[18,21,27],Nr="#2f4b7c",He={light:{page:"#f5f6f8",card:"#ffffff"},dark:{page:"#0f1217",card:"#181c23"}};function ai(r){let i=Wt(r)??Wt(Nr);return{light:Or(i),dark:Dr(i)}}function Or(r){let i=li(r,De)>=3.1,t=i?De:oi,e=Wt(He.light.card),s=ls(r,e,.08),n=pt(ze(r,[t],i?-1:1));return{fill:n,onFill:pt(t),band:n,onBand:pt(t),accent:pt(ze(r,[Wt(He.light.page),e,s],-1)),tint:pt(s)}}function Dr(r){let i=Wt(He.dark.card),t=ls(r,i,.16),e=ze(r,[Wt(He.dark.page),i,t],1),s=ze(ls(r,i,.6),[De,[200,200,200]],-1);return{fill:pt(e),onFill:pt(oi),band:pt(s),onBand:pt(De),accent:pt(e),tint:pt(t)}}function ze(r,i,t){let e=r;for(let s=0;Math.abs(s)<=100&&(e=Hr(r,s),!i.every(n=>li(e,n)>=4.5));s+=t);return e}function Wt(r){let i=typeof r=="string"?r.trim().toLowerCase():"";if(!/^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.test(i))return null;let t=i.length>5?i.slice(1):[...i.slice(1)].map(e=>e+e).join("");return[0,2,4].map(e=>parseInt(t.slice(e,e+2),16))}function li(r,i){let[t,e]=[ri(r),ri(i)].sort((s,n)=>s-n);return(e+.05)/(t+.05)}function ri(r){let[i,t,e]=r.map(s=>{let n=s/255;return n<=.04045?n/12.92:((n+.055)/1.055)**2.4});return .2126*i+.7152*t+.0722*e}function ls(r,i,t){return r.map((e,s)=>Math.round(e*t+i[s]*(1-t)))}function pt(r){return`#${r.map(i=>i.toString(16).padStart(2,"0")).join("")}`}function Hr(r,i){let[t,e,s]=r.map(dt=>dt/255),[n,o]=[Math.min(t,e,s),Math.max(t,e,s)],d=o-n,c=Math.min(1,Math.max(0,(o+n)/2+i/100)),u=(o+n)/2,m=d===0?0:d/(1-Math.abs(2*u-1)),b=0;d!==0&&(o===t?b=((e-s)/d+6)%6:o===e?b=(s-t)/d+2:b=(t-e)/d+4);let F=m*Math.min(c,1-c),Y=dt=>{let ee=(dt+b*2)%12;return Math.round(255*(c-F*Math.max(-1,Math.min(ee-3,9-ee,1))))};return[Y(0),Y(8),Y(4)]}var zr={alert:"M12 9v4m0 3.5v.01M10.3 4.2 2.6 17.5A2 2 0 0 0 4.3 20.5h15.4a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0z",back:"M15 5l-7 7 7 7",bell:"M6 9a6 6 0 0 1 12 0c0 6 2.5 7 2.5 7h-17S6 15 6 9m4.2 11a2 2 0 0 0 3.6 0",box:"M3.5 7.5 12 3l8.5 4.5v9L12 21l-8.5-4.5zM3.5 7.5 12 12l8.5-4.5M12 12v9",check:"M5 12.5l4.5 4.5L19 7.5",clock:"M12 7v5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",close:"M6 6l12 12M18 6 6 18",copy:"M9 9h10.5v11.5H9zM15 9V4H4.5v11.5H9",download:"M12 4v11m-4.5-4.5L12 15l4.5-4.5M4.5 19.5h15",filter:"M4 6h16M7 12h10M10 18h4",inbox:"M4 13.5 6.5 5h11l2.5 8.5v5.5H4zm0 0h4.5l1.5 2.5h4l1.5-2.5H20",link:"M10 14a4 4 0 0 0 6 .4l3-3a4.2 4.2 0 0 0-6-6l-1.500 1.500M14 10a4 4 0 0 0-6-.4l-3 3a4.200 4.200 0 0 0 6 6l1.500-1.500",lock:"M6 11h12v9.500H6zM8.500 11V7.500a3.500 3.500 0 0 1 7 0V11",more:"M5 12h.01M12 12h.01M19 12h.01",offline:"M4 4l16 16M8.500 15.500a5 5 0 0 1 6 0M5 12a10 10 0 0 1 4-2.400M2 8.500a15 15 0 0 1 4-2.600M14 9.300a10 10 0 0 1 5 2.700M10.500 5a15 15 0 0 1 11.500 3.500M12 19v.01",plug:"M9 3v5m6-5v5M6.500 8h11v3.500a5.500 5.500 0 0 1-11 0zM12 17v4",plus:"M12 5v14M5 12h14",search:"M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 20.500 20.500",truck:"M2.500 6h12v10.500h-12zM14.500 10h4l3 3.500v3h-7M6.500 19.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zm11 0a2 2 0 1 0 0-4 2 2 0 0 0 0 4z"};function $(r){return a`<svg viewBox="0 0 24 24" aria-hidden="true">${qe`<path d=${zr[r]} />`}</svg>`}function T(r,i,t=l,e=l,s=null){return a`<div class="state" part="state" role=${s??l}>
    ${$(r)}<strong>${i}</strong>${t===l?l:a`<p>${t}</p>`}${e}
  </div>`}function je(r,i,t,e){let s=i.states,n=a`<button class="button" type="button" @click=${t}>${i.actions.retry}</button>`;if(r.status===401||r.code==="SESSION_NOT_RENEWED")return T("clock",s.expired,s.expiredHint,n,"alert");if(r.status===0)return T("offline",s.offline,s.offlineHint,n,"alert");if(r.status===403)return T("lock",ds(r,i),v(s.forbiddenHint,{name:e}),l,"alert");if(r.status===404||r.status===410)return T("search",s.notFound,l,l,"alert");if(r.status===429)return T("clock",s.busy,l,n,"alert");let o=r.requestId?v(s.reference,{id:r.requestId}):l;return T("alert",s.error,o,n,"alert")}var jr=/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;function ds(r,i){let t=navigator.languages.find(s=>s.startsWith(i.language))??i.language,e=s=>new Date(s).toLocaleString(t,{dateStyle:"medium",timeStyle:"short"});return i.errors[r.code]??r.message.replace(jr,e)}function z(r,i){let t=["w1","w2","w3"];return a`<div class="skeleton" role="status" aria-live="polite">
    <span class="hidden">${i.states.loading}</span>
    ${Array.from({length:r},(e,s)=>a`<div class="bones"><span class="bone ${t[s%3]}"></span><span class="bone w4"></span></div>`)}
  </div>`}var Fr=new URL("..",import.meta.url).href,Vt,ue,he,et,di,cs,ci,ps,W=class extends yt{constructor(){super(...arguments);y(this,et);this.baseUrl=null;this.sessionToken=null;this.publishableKey=null;this.externalId=null;this.userHash=null;this.organization=null;this.theme=null;this.lang="";this.fetchSession=null;this.fetch=null;this.session=new Oe;y(this,Vt,new CSSStyleSheet);y(this,ue,null);y(this,he,!1)}connectedCallback(){super.connectedCallback(),this.session.add(this)}disconnectedCallback(){super.disconnectedCallback(),this.session.remove(this)}createRenderRoot(){let t=super.createRenderRoot();return t instanceof ShadowRoot&&(t.adoptedStyleSheets=[x(this,Vt),...t.adoptedStyleSheets]),p(this,et,cs).call(this,null),t}willUpdate(t){if(!this.hasUpdated||t.has("lang")){let s=this.parentElement?.closest("[lang]")?.lang;this.session.setLanguage([this.lang,s,...navigator.languages])}let e=["baseUrl","sessionToken","publishableKey","externalId","userHash","organization","fetchSession","fetch"];(!this.hasUpdated||e.some(s=>t.has(s)))&&this.session.begin(p(this,et,di).call(this))}sessionChanged(){let t=this.session.info;if(t&&p(this,et,cs).call(this,t.organization.branding.primary_color),t&&!x(this,he)&&(L(this,he,!0),this.dispatchEvent(new CustomEvent("orderly-ready",{detail:t,bubbles:!0,composed:!0}))),this.session.error&&(this.session.state==="failed"||this.session.state==="expired")){let e={component:this.localName,...this.session.error};this.dispatchEvent(new CustomEvent("orderly-error",{detail:e,bubbles:!0,composed:!0}))}this.requestUpdate()}render(){if(!this.session.texts)return l;if(x(this,et,ci))return a`${p(this,et,ps).call(this)}`;let t=this.childElementCount?l:a`<orderly-portal></orderly-portal>`;return a`${p(this,et,ps).call(this)}${t}<slot @slotchange=${()=>this.requestUpdate()}></slot>`}};Vt=new WeakMap,ue=new WeakMap,he=new WeakMap,et=new WeakSet,di=function(){let{sessionToken:t,publishableKey:e,externalId:s,userHash:n,organization:o,fetchSession:d}=this,c=new URL(this.baseUrl??Fr,document.baseURI).href,u=this.fetch&&this.fetch.bind(globalThis);return{baseUrl:c,sessionToken:t,publishableKey:e,externalId:s,userHash:n,organization:o,fetchSession:d,fetch:u}},cs=function(t){if(x(this,ue)===t&&x(this,Vt).cssRules.length)return;L(this,ue,t);let{light:e,dark:s}=ai(t),n=o=>`light-dark(${e[o]},${s[o]})`;x(this,Vt).replaceSync(`:host{--brand-fill:${n("fill")};--brand-on-fill:${n("onFill")};--brand-band:${n("band")};--brand-on-band:${n("onBand")};--brand-accent:${n("accent")};--brand-tint:${n("tint")}}`)},ci=function(){let{state:t,info:e}=this.session;return t==="refused"||t==="missing"||e===null&&(t==="expired"||t==="failed")},ps=function(){let{state:t,texts:e,error:s,info:n,offline:o}=this.session,d=(e??tt).states;if(t==="missing")return l;if(t==="refused")return T("lock",d.refused,d.refusedHint,l,"alert");if(n===null&&s&&(t==="failed"||t==="expired"))return je(s,e??tt,()=>{this.session.restart()},d.support);let c=t==="expired"?[d.expired,d.expiredHint]:o?[d.offline,d.offlineHint]:null;return c?a`<div class="notice warn" role="alert">
      ${$(t==="expired"?"clock":"offline")}
      <div><strong>${c[0]}</strong> ${c[1]}</div>
      <button class="button" type="button" @click=${()=>this.session.restart()}>${(e??tt).actions.retry}</button>
    </div>`:l},W.styles=[si,A,k`
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
    `],h([S({attribute:"base-url"})],W.prototype,"baseUrl",2),h([S({attribute:"session-token"})],W.prototype,"sessionToken",2),h([S({attribute:"publishable-key"})],W.prototype,"publishableKey",2),h([S({attribute:"external-id"})],W.prototype,"externalId",2),h([S({attribute:"user-hash"})],W.prototype,"userHash",2),h([S()],W.prototype,"organization",2),h([S({reflect:!0})],W.prototype,"theme",2),h([S()],W.prototype,"lang",2),h([S({attribute:!1})],W.prototype,"fetchSession",2),h([S({attribute:!1})],W.prototype,"fetch",2),W=h([R("orderly-embed")],W);function X(r,i,t,e={}){let s=r?t.texts.said[r]:void 0;return(s===void 0?null:us(s,e,t))??i??""}function ui({title:r,message:i,message_code:t,message_values:e},s){let n=t?s.texts.notices[t]:void 0;return n?[us(n[0],e,s)??r,us(n[1],e,s)??i]:[r,i]}function hi(r,i){let t=r.details.map(e=>({...e,message:X(e.code,e.message,i,e.values)}));return{...r,details:t}}function us(r,i,t){let e=r.replace(/\[([^\]]*)\]/g,(s,n)=>pi(n,i,t)??"");return pi(e,i,t)}function pi(r,i,t){let e=!0,s=r.replace(/\{(\w+)\}/g,(n,o)=>{let d=Lr(o,i,t);return d||(e=!1),d});return e?s:null}function Lr(r,i,t){let{texts:e,format:s}=t,n=i[r];if(r==="reason")return X(i.reason_code,n,t);if(n==null||n==="")return"";if(r==="amount")return s.money(Number(n),i.currency);if(typeof n=="number")return s.number(n);let o=String(n);return r==="day"||r==="previous_day"?s.date(o):r==="since"?s.dateTime(o):r==="status"||r==="previous_status"?e.status[o]??o.replaceAll("_"," "):r==="action_type"?e.requests.types[o]??o:o}var O=class{constructor(i,t=null){this.busy=null;this.error=null;this.failed=null;this.#e=new Map;this.#t=i,this.#s=t,i.actions.add(this)}#t;#s;#e;get isAllowed(){return this.#s===null||this.#t.session.mayChange(...this.#s)}async run(i,t){if(this.busy!==null||!this.isAllowed)return;this.busy=i,this.error=this.failed=null,this.#t.requestUpdate();let{data:e,error:s}=await this.#t.session.call(n=>t(n,{idempotencyKey:this.#i(i)}));return this.busy=null,(!s||s.status>=400&&s.status<500&&s.status!==401)&&this.#e.delete(i),s&&(this.error=hi(s,this.#t),this.failed=i,this.#t.report(s)),this.#t.requestUpdate(),s?void 0:e}errorOf(i){return this.failed===i?this.error:null}clear(){this.error=this.failed=null}#i(i){let t=this.#e.get(i)??Ir();return this.#e.set(i,t),t}};function Ir(){return[...crypto.getRandomValues(new Uint8Array(16))].map(r=>r.toString(16).padStart(2,"0")).join("")}var mi="form, orderly-connect, orderly-request-form",Ur="a[href], button, input, select, textarea";function fi(r){let i=r.activeElement;if(!i)return null;let t=[];for(let e=i.parentElement;e;e=e.parentElement)t.push(e);return{control:i,words:yi(i),around:t,opened:new Set(r.querySelectorAll(mi))}}function gi(r,i,t){let e=[...r.querySelectorAll(mi)].find(c=>!i.opened.has(c));if(e){t.set(e,i.words),"takeFocus"in e?e.takeFocus():Gt(e)?.focus();return}if(r.activeElement)return;let s=[i.control,...i.around].find(c=>t.has(c)&&!c.isConnected),n=[...i.around.filter(c=>c.isConnected),...r.children],d=(s&&n.flatMap(bi).find(c=>yi(c)===t.get(s)))??n.map(Gt).find(Boolean);d?.dataset.first!==void 0&&t.set(d,i.words),d?.focus()}function Gt(r){let i=bi(r.querySelector("form")??r);return i.find(t=>t.dataset.first!==void 0)??i[0]}function bi(r){return[...r.querySelectorAll(Ur)].filter(i=>i.checkVisibility())}function yi(r){return r.ariaLabel||r.textContent.trim()}var D=class extends yt{constructor(){super(...arguments);this.session=null;this.resources=new Set;this.actions=new Set;this.#t=new WeakMap;this.#s=!1;this.#e=0}static{this.styles=[A,I]}#t;#s;#e;get texts(){return this.session?.texts??tt}get format(){return this.session.format}connectedCallback(){if(super.connectedCallback(),this.session=Br(this)?.session??null,!this.session){console.warn(`<${this.localName}> must be inside an <orderly-embed>.`);return}this.#e=this.session.renewals,this.session.add(this),this.sessionChanged()}disconnectedCallback(){super.disconnectedCallback(),this.session?.remove(this)}sessionChanged(){this.session.usable&&this.isAllowed&&(this.#e!==this.session.renewals&&this.#i(),this.#e=this.session.renewals,this.begin()),this.requestUpdate()}get isAllowed(){return this.session.allows(...this.needs)}render(){return!this.session?.texts||this.session.state==="refused"||this.session.state==="missing"?l:this.isAllowed?this.view():l}takeFocus(){this.#s=!0,this.requestUpdate()}update(t){let e=this.renderRoot,s=fi(e);if(super.update(t),s&&gi(e,s,this.#t),!this.#s)return;let n=Gt(e);n?.focus(),this.#s=!n}navigate(t,e=null){return this.emit("orderly-navigate",{view:t,id:e},{cancelable:!0})}emit(t,e,s={}){return this.dispatchEvent(new CustomEvent(t,{detail:e,bubbles:!0,composed:!0,...s}))}report(t){this.emit("orderly-error",{component:this.localName,...t})}problem(t){return je(t.error,this.texts,()=>{t.load()},this.session.supportName)}#i(){for(let t of this.actions)t.clear();for(let t of this.resources)t.error&&t.load()}};function Br(r){let i=r;for(;i;){let t=i.closest("orderly-embed");if(t)return t;let e=i.getRootNode();i=e instanceof ShadowRoot?e.host:null}return null}var q=class{constructor(i,t){this.answer=null;this.error=null;this.loading=!1;this.asked=!1;this.#e=null;this.#t=i,this.#s=t,i.resources.add(this)}#t;#s;#e;async load(){if(!this.#t.session?.usable)return;this.#e?.abort();let i=this.#e=new AbortController;this.asked=!0,this.loading=!0,this.#t.requestUpdate();let t=await this.#t.session.call(e=>this.#s(e,{signal:i.signal}));i===this.#e&&(this.#e=null,this.loading=!1,this.error=t.error,t.error===null?this.answer=t:this.#t.report(t.error),this.#t.requestUpdate())}clear(){this.#e?.abort(),this.#e=null,this.answer=this.error=null,this.loading=this.asked=!1}};var Wr={delivered:"good",fulfilled:"good",paid:"good",active:"good",approved:"good",succeeded:"good",applied:"good",processing:"active",shipped:"active",partially_shipped:"active",in_transit:"active",picked_up:"active",out_for_delivery:"active",available_for_pickup:"active",partially_fulfilled:"active",running:"active",applying:"active",on_hold:"warn",attempt_failed:"warn",unpaid:"warn",partially_refunded:"warn",paused:"warn",manual:"warn",pending_oauth:"warn",skipped:"warn",late:"warn",failing:"warn",exception:"bad",error:"bad",disconnected:"bad",failed:"bad",denied:"bad"},Vr=new Set(["delivered","returned","cancelled"]);function C(r,i,t=B(r,i)){return a`<span class="badge ${Wr[r]??""}" part="badge">${t}</span>`}function Fe(r){let{status:i,estimated_delivery:t,actual_delivery:e}=r;if(!t||e||Vr.has(i))return!1;let s=new Date,n=[s.getFullYear(),s.getMonth()+1,s.getDate()].map(o=>String(o).padStart(2,"0")).join("-");return t.slice(0,10)<n}function B(r,i){return Object.hasOwn(i.status,r)?i.status[r]:r.replaceAll("_"," ")}function vt(r,i,t,e){return a`<button class="button danger" type="button" aria-disabled=${i} @click=${t}>${r.actions.sure}</button>
    <button class="button" type="button" data-first @click=${e}>${r.actions.cancel}</button>`}var ms=["eq","ne","gt","gte","lt","lte","contains","starts_with"],Gr={order:["status","order_number","totals.total","currency","payment_status","fulfillment_status","customer.name","customer.email"],shipment:["status","carrier","service","tracking_number","estimated_delivery"],bridge:["name","type","status","error_message"]},Kr=new Set(["totals.total"]);function vi(r){let i=r.split(".")[0];return Gr[i==="tracking"?"shipment":i]??["status"]}function fs(r,i){let t=r.map(({field:e,operator:s,value:n})=>({field:e,operator:s,value:Kr.has(e)&&n.trim()!==""&&Number.isFinite(Number(n))?Number(n):n.trim()}));return t.length?t.length===1?t[0]:{[i]:t}:{}}function gs(r){for(let t of["all","any"]){let e=r[t];if(!Array.isArray(e))continue;let s=e.map(hs);return Object.keys(r).length===1&&s.every(n=>n!==null)?{lines:s,joined:t}:null}if("field"in r){let t=hs(r);return t&&{lines:[t],joined:"all"}}let i=Object.entries(r).map(([t,e])=>hs({field:t,operator:"eq",value:e}));return i.every(t=>t!==null)?{lines:i,joined:"all"}:null}function hs(r){let{field:i,operator:t,value:e}=r??{},s=typeof e=="string"||typeof e=="number";return typeof i!="string"||!ms.includes(t)||!s?null:{field:i,operator:t,value:String(e)}}function $i(r,i){let{alerts:t}=i;if(!Object.keys(r).length)return"";let e=gs(r);if(!e)return`, ${t.if} ${JSON.stringify(r)}`;let s=e.lines.map(({field:n,operator:o,value:d})=>`${t.fields[n]??n} ${t.operators[o]} ${i.status[d]??Yr(d,i)}`);return`, ${t.if} ${s.join(e.joined==="all"?t.and:t.or)}`}function Yr(r,i){return/^-?[\d.]+$/.test(r)?r:v(i.alerts.quoted,{text:r})}var xi=k`
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
`;var Jr=2e3;function me(r,i,t=i.actions.copy){return a`<button class="button" type="button" @click=${async s=>{let n=s.currentTarget,o=n.querySelector(".words");await Xr(r,n)&&(o.textContent=i.actions.copied,setTimeout(()=>o.textContent=t,Jr))}}>
    ${$("copy")}<span class="words" aria-live="polite" .textContent=${t}></span>
  </button>`}function Le(r,i){return a`<div class="notice good" role="status">
    ${$("lock")}
    <div class="stack">
      <p>${i.webhooks.secretOnce}</p>
      <div class="secret"><code class="code">${r}</code>${me(r,i)}</div>
    </div>
  </div>`}async function Xr(r,i){try{return await navigator.clipboard.writeText(r),!0}catch{let t=document.createElement("textarea");t.value=r,i.after(t),t.select();let e=document.execCommand("copy");return t.remove(),i.focus(),e}}function Tt(r,i){return i.events[r]??r}function wi(r,i,t){return a`<fieldset>
    <legend>${t.webhooks.events}</legend>
    <div class="two">
      ${r.map(e=>a`<label class="check">
          <input type="checkbox" name="events" value=${e} ?checked=${i.includes(e)} />
          <span>${Tt(e,t)} <span class="hint code">${e}</span></span>
        </label>`)}
    </div>
  </fieldset>`}var st=k`
  form,
  .form {
    display: grid;
    gap: 14px;
    padding: 16px;
  }
  .two {
    display: grid;
    gap: 14px;
    align-items: start;
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
`;function V(r,i,t,e,s={}){let n=Zr(e,r),o=[s.hint&&`${r}-hint`,n&&`${r}-problem`].filter(Boolean).join(" "),d={wrong:n?"true":"false",described:o||l};return a`<label class="field">
    <span id="${r}-label">${i}</span>
    ${s.type==="area"?a`<textarea class="input" part="input" name=${r} maxlength=${s.maxlength??2e3} ?required=${s.required}
          aria-labelledby="${r}-label" aria-invalid=${d.wrong} aria-describedby=${d.described} .value=${t??""}></textarea>`:a`<input class="input" part="input" name=${r} type=${s.type??"text"} maxlength=${s.maxlength??500}
          min=${s.min??l} ?required=${s.required} placeholder=${s.placeholder??l}
          autocomplete=${s.autocomplete??"off"} aria-labelledby="${r}-label" aria-invalid=${d.wrong} aria-describedby=${d.described}
          .value=${t??""} />`}
    ${s.hint?a`<span class="hint" id="${r}-hint">${s.hint}</span>`:l}
    ${n?a`<span class="problem" id="${r}-problem">${n}</span>`:l}
  </label>`}function Ct(r,i,t,e,s){return a`<label class="field">
    <span>${i}</span>
    <select class="input" part="input" name=${r} @change=${n=>s?.(n.target.value)}>
      ${t.map(([n,o])=>a`<option value=${n} ?selected=${n===e}>${o}</option>`)}
    </select>
  </label>`}var ki=new WeakSet;function Zr(r,i){let t=r?.details.find(({field:e})=>e===i||e.endsWith(`.${i}`));return t&&ki.add(t),t?.message??null}function j(r,i){if(!r)return l;let{states:t}=i,s=r.status===401||r.code==="SESSION_NOT_RENEWED"?t.expired:r.status===0?t.offline:Qr(r,i);return a`<div class="notice bad" role="alert">${$("alert")}<div>${s}</div></div>`}function Qr(r,i){let t=[ds(r,i)];if(r.code==="validation_failed"){let e=r.details.filter(s=>!ki.has(s));t.push(e.map(({field:s,message:n})=>`${s}: ${n}`).join("; "))}return r.status>=500&&r.requestId&&t.push(v(i.states.reference,{id:r.requestId})),t.filter(Boolean).join(" ")}function it(r){r.preventDefault();let i=new FormData(r.target);return{data:i,text:t=>String(i.get(t)??"").trim()}}var to=/^[=+\-@\t\r]/;function _i(r){return r.map(i=>`${i.map(eo).join(",")}\r
`).join("")}function eo(r){if(typeof r=="number")return String(r);let i=r??"",t=to.test(i)?`'${i}`:i;return/[",\r\n]/.test(t)?`"${t.replaceAll('"','""')}"`:t}function Ti(r,i){let t=URL.createObjectURL(new Blob(["\uFEFF",i],{type:"text/csv;charset=utf-8"})),e=document.createElement("a");e.href=t,e.download=r,e.click(),setTimeout(()=>URL.revokeObjectURL(t),6e4)}var so=250,io=50,G=class extends D{constructor(){super(...arguments);this.pageSize=25;this.filters={};this.exported=null;this.unfolded=!1;this.cursors=[];this.searchTimer=0;this.exporting=null;this.page=new q(this,(t,e)=>this.read(t,this.query(this.cursors.at(-1)),e))}begin(){this.page.asked||this.page.load()}willUpdate(t){t.has("pageSize")&&(this.pageSize=Math.min(50,Math.max(1,Math.round(this.pageSize)||25)))}get rows(){return this.page.answer?.data??[]}get isFiltered(){return Object.values(this.filters).some(Boolean)}refresh(){this.page.load()}query(t,e=this.pageSize){return{...this.sent(this.filters),limit:String(e),cursor:t}}sent(t){let{from:e,to:s,...n}=t;return{...n,from:e&&Ie(e,0),to:s&&Ie(s,1)}}filter(t){let e={...this.filters,...t};this.begins(Object.fromEntries(Object.entries(e).filter(([,s])=>s)))}clearFilters(){this.begins({})}begins(t){this.filters=t,this.cursors=[],this.placed(),this.page.load()}placed(){}searchField(t){return a`<label class="search">
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
    </label>`}selectField(t,e,s){return a`<label class="field">
      <span>${e}</span>
      <select
        class="input"
        part="input"
        .value=${this.filters[t]??""}
        @change=${n=>this.filter({[t]:n.target.value})}
      >
        <option value="">${this.texts.list.all}</option>
        ${s.map(([n,o])=>a`<option value=${n} ?selected=${this.filters[t]===n}>${o}</option>`)}
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
    </label>`}toolbar(t,e){let s=Object.entries(this.filters).filter(([n,o])=>n!=="search"&&o).length;return a`<div class="toolbar" role="search">
      ${t}
      <button
        class="button fold"
        type="button"
        aria-expanded=${this.unfolded}
        @click=${()=>this.unfolded=!this.unfolded}
      >
        ${$("filter")}${this.texts.actions.filters}${s?` (${s})`:""}
      </button>
      <div class="others ${this.unfolded?"unfolded":""}">${e}</div>
    </div>`}list(){let{answer:t,error:e,loading:s}=this.page;return e&&!s?a`<div class="card">${this.problem(this.page)}</div>`:t?this.rows.length?a`<div class="card scroll cards" part="list" aria-busy=${s}>
        <table role="table">
          <thead role="rowgroup">
            ${this.head()}
          </thead>
          <tbody role="rowgroup" class=${s?"stale":""}>
            ${this.rows.map(n=>this.row(n))}
          </tbody>
        </table>
      </div>
      ${this.pager(t.pagination)}`:a`<div class="card">${this.isFiltered?this.nothingMatches():this.empty()}</div>`:a`<div class="card">${z(8,this.texts)}</div>`}nothingMatches(){let t=a`<button class="button" type="button" @click=${this.clearFilters}>${this.texts.actions.clear}</button>`;return T("search",this.texts.list.none,l,t,"status")}pager(t){let e=this.texts.list,s=t.totalCapped?v(e.totalCapped,{n:this.format.number(t.total)}):this.format.plural(t.total,e.total),n=!this.cursors.length&&!t.hasMore;return a`<nav class="row pager" aria-label=${v(e.page,{n:this.cursors.length+1})}>
      <span class="muted small" role="status">${s}</span>
      ${n?l:a`<span class="push row">
            <span class="muted small">${v(e.page,{n:this.format.number(this.cursors.length+1)})}</span>
            <button class="button" type="button" aria-disabled=${!this.cursors.length} @click=${this.back}>
              ${this.texts.actions.previous}
            </button>
            <button
              class="button"
              type="button"
              aria-disabled=${!t.nextCursor}
              @click=${()=>this.forward(t.nextCursor)}
            >
              ${this.texts.actions.next}
            </button>
          </span>`}
    </nav>`}back(){this.cursors.length&&(this.cursors.pop(),this.turn())}forward(t){t&&(this.cursors.push(t),this.turn())}async turn(){this.placed(),await this.page.load(),this.getBoundingClientRect().top<0&&this.scrollIntoView({block:"start"})}onSearch(t){let e=t.target.value.trim();clearTimeout(this.searchTimer),this.searchTimer=setTimeout(()=>this.filter({search:e}),so)}exportButton(){let t=this.texts.actions;return this.exported!==null?a`<span class="row push" role="status">
        <span class="muted small">${v(t.exporting,{n:this.format.number(this.exported)})}</span>
        <button class="button" type="button" @click=${()=>this.exporting?.abort()}>${t.stop}</button>
      </span>`:a`<button class="button push" type="button" aria-disabled=${!this.rows.length} @click=${this.export}>
      ${$("download")}${t.export}
    </button>`}async export(){if(!this.rows.length)return;let t=this.exporting=new AbortController,e=[],s,n=null;do{this.exported=e.length;let o=await this.session.call(d=>this.read(d,this.query(s,io),{signal:t.signal}));if(n=o.error,o.error)break;e.push(...o.data),s=o.pagination.nextCursor??void 0}while(s&&!t.signal.aborted);if(this.exported=null,!t.signal.aborted)if(n)this.report(n);else{let o=this.csv(e);Ti(o.name,_i(o.rows))}}};h([S({type:Number,attribute:"page-size"})],G.prototype,"pageSize",2),h([f()],G.prototype,"filters",2),h([f()],G.prototype,"exported",2),h([f()],G.prototype,"unfolded",2);function Ie(r,i){let[t,e,s]=r.split("-").map(Number),n=new Date(t,e-1,s+i);return Number.isNaN(n.getTime())?r:n.toISOString()}var no=["pending","succeeded","failed","skipped"],Ri=36e5,nt,Si,Ei,bs,ys,Rt=class extends G{constructor(){super(...arguments);y(this,nt);this.needs=["webhooks:read",["end_user_webhooks","smart_alerts"]];this.of="webhook";this.owner="";this.shown=null;this.queued=null;this.changes={webhook:new O(this,["webhooks:write","end_user_webhooks"]),rule:new O(this,["alerts:write","smart_alerts"])}}get action(){return this.changes[this.of]}get isAllowed(){return this.of==="rule"?this.session.allows("alerts:read","smart_alerts"):super.isAllowed}async read(t,e,s){let n=this.of==="rule"?t.embed.alertRules:t.embed.webhooks,o={...e,from:e.from??new Date(Date.now()-720*Ri).toISOString()};return await n.deliveries(this.owner,o,s)}view(){let t=this.texts.webhooks;return a`<section class="stack">
      <div class="row">
        <h3>${t.deliveries}</h3>
        ${this.action.isAllowed?a`<span class="push row">
              <button class="button" type="button" aria-disabled=${this.action.busy!==null} @click=${()=>p(this,nt,bs).call(this,24)}>
                ${t.replayDay}
              </button>
              <button class="button" type="button" aria-disabled=${this.action.busy!==null} @click=${()=>p(this,nt,bs).call(this,168)}>
                ${t.replayWeek}
              </button>
            </span>`:l}
      </div>
      ${this.queued===null?l:a`<p role="status" class="muted">${this.format.plural(this.queued,t.queued)}</p>`}
      ${j(this.action.error,this.texts)}
      <div class="others unfolded alone">
        ${this.selectField("status",this.texts.list.status,no.map(e=>[e,B(e,this.texts)]))}
        ${this.dayField("from")}${this.dayField("to")}
      </div>
      ${this.list()}
    </section>`}head(){let t=this.texts.webhooks;return a`<tr role="row">
      <th role="columnheader">${t.event}</th>
      <th role="columnheader">${this.texts.list.status}</th>
      <th role="columnheader">${t.answer}</th>
      <th role="columnheader">${t.time}</th>
    </tr>`}row(t){let e=this.texts.webhooks,s=t.response_status??X(t.error_class,t.error_class?.replaceAll("_"," "),this),n=t.order_number??t.tracking_number,o=!!(t.response_snippet||t.error),d=this.shown===t.id;return a`<tr role="row">
      <td role="cell" class="first">
        ${Tt(t.event_type,this.texts)} ${n?a`<span class="also code">${n}</span>`:l}
      </td>
      <td role="cell" class="second">${C(t.status,this.texts)}</td>
      <td role="cell" class="wide">
        ${s}
        ${o?a`<button class="link small" type="button" aria-expanded=${d} @click=${()=>this.shown=d?null:t.id}>
              ${e.details}
            </button>`:l}
        ${d?a`<pre>${p(this,nt,Si).call(this,t)}${t.error&&t.response_snippet?`
`:""}${t.response_snippet??""}</pre>`:l}
        ${t.next_attempt_at?a`<span class="also">${v(e.nextAttempt,{time:this.format.dateTime(t.next_attempt_at)})}</span>`:l}
      </td>
      <td role="cell" class="muted wide">
        ${this.format.dateTime(t.created_at)}
        ${t.attempt?a`<span class="also">${v(e.attempt,{n:t.attempt})}</span>`:l}
        ${t.status==="succeeded"||!this.action.isAllowed?l:a`<button class="link small" type="button" aria-disabled=${this.action.busy!==null} @click=${()=>p(this,nt,Ei).call(this,t)}>
              ${e.retry}
            </button>`}
      </td>
    </tr>`}empty(){return T("inbox",this.texts.webhooks.noDeliveries,l,l,"status")}csv(){return{name:"deliveries.csv",rows:[]}}};nt=new WeakSet,Si=function(t){return t.status==="skipped"?X("skipped_delivery",t.error,this):t.error??""},Ei=async function(t){let e=await this.action.run(t.id,s=>(this.of==="rule"?s.embed.alertRules:s.embed.webhooks).retryDelivery(this.owner,t.delivery_id));e&&p(this,nt,ys).call(this,e.queued)},bs=async function(t){let e=new Date(Date.now()-t*Ri).toISOString(),s=await this.action.run("replay",n=>(this.of==="rule"?n.embed.alertRules:n.embed.webhooks).replay(this.owner,{since:e}));s&&p(this,nt,ys).call(this,s.queued)},ys=function(t){this.queued=t,this.refresh()},Rt.styles=[A,I,ii,k`
      :host {
        border-block-start: 1px solid var(--o-line);
        padding: 14px 16px 16px;
      }
      .fold {
        display: none;
      }
    `],h([S()],Rt.prototype,"of",2),h([S()],Rt.prototype,"owner",2),h([f()],Rt.prototype,"shown",2),h([f()],Rt.prototype,"queued",2),Rt=h([R("orderly-deliveries")],Rt);var ro=["shipment.exception","shipment.stalled","shipment.late","shipment.eta_changed","shipment.delivered","shipment.shipped","shipment.created","tracking.updated","order.created","order.updated","order.status_changed","bridge.connected","bridge.disconnected","bridge.sync_completed"],oo=["in_app","webhook","both"],N,Ai,Ci,Pi,vs,Mi,qi,$s,Ni,Oi,Di,Hi,ut=class extends D{constructor(){super(...arguments);y(this,N);this.needs=["alerts:read","smart_alerts"];this.draft=null;this.dryRun=null;this.sure=null;this.deliveries=null;this.secret=null;this.action=new O(this,["alerts:write","smart_alerts"]);this.trial=new O(this,this.needs);this.rules=new q(this,(t,e)=>t.embed.alertRules.list({},e))}begin(){this.rules.asked||this.rules.load()}view(){let t=this.texts.alerts;return a`<section class="stack">
      <div class="head">
        <h2>${t.title}</h2>
        ${this.action.isAllowed&&this.draft===null?a`<button class="button primary push" type="button" @click=${()=>p(this,N,$s).call(this,null)}>${$("plus")}${t.add}</button>`:l}
      </div>
      ${this.draft&&this.draft.id===null?a`<div class="card">${p(this,N,vs).call(this,this.draft,null)}</div>`:l}
      ${p(this,N,Ai).call(this)}
    </section>`}};N=new WeakSet,Ai=function(){let{answer:t,error:e,loading:s}=this.rules;if(e&&!s&&!t)return a`<div class="card">${this.problem(this.rules)}</div>`;if(!t)return a`<div class="card">${z(3,this.texts)}</div>`;if(!t.data.length&&!this.draft){let n=this.texts.alerts;return a`<div class="card">${T("bell",n.empty,n.emptyHint,l,"status")}</div>`}return a`${t.data.map(n=>p(this,N,Ci).call(this,n))}`},Ci=function(t){let e=this.texts.alerts,{id:s}=t,n=t.last_alert_at?v(e.last,{time:this.format.dateTime(t.last_alert_at)}):e.never,o=t.suppressed_count?` · ${this.format.plural(t.suppressed_count,e.suppressed)}`:"";return a`<article class="card" aria-label=${t.name}>
      <div class="rule">
        <div class="row"><span class="name">${t.name}</span><span class="push">${C(t.is_active?"active":"disabled",this.texts)}</span></div>
        ${t.description?a`<p>${t.description}</p>`:l}
        <p>${Tt(t.event_type,this.texts)}${$i(t.condition,this.texts)}</p>
        <p class="muted small">${e.methods[t.delivery_method]??t.delivery_method} · ${n}${o}</p>
        ${t.webhook_disabled_reason?a`<div class="notice warn">${$("alert")}<div>${v(this.texts.webhooks.why,{reason:X(t.webhook?.disabled_reason_code,t.webhook_disabled_reason,this)})}</div></div>`:l}
        ${this.secret?.id===s?Le(this.secret.value,this.texts):l} ${j(this.action.errorOf(s),this.texts)}
        <div class="row">${p(this,N,Pi).call(this,t)}</div>
      </div>
      ${this.draft?.id===s?p(this,N,vs).call(this,this.draft,t):l}
      ${this.deliveries===s?a`<orderly-deliveries of="rule" owner=${s}></orderly-deliveries>`:l}
    </article>`},Pi=function(t){let{id:e}=t,s=this.action.busy!==null,n=this.texts.actions,o=t.webhook?a`<button class="button quiet" type="button" aria-expanded=${this.deliveries===e}
          @click=${()=>this.deliveries=this.deliveries===e?null:e}>${this.texts.webhooks.deliveries}</button>`:l;return this.action.isAllowed?this.sure===e?vt(this.texts,s,()=>p(this,N,Hi).call(this,e),()=>this.sure=null):a`<button class="button" type="button" aria-disabled=${s} @click=${()=>p(this,N,$s).call(this,t)}>${n.edit}</button>
      <button class="button" type="button" aria-disabled=${s} @click=${()=>p(this,N,Di).call(this,e,!t.is_active)}>
        ${t.is_active?this.texts.webhooks.switchOff:this.texts.webhooks.switchOn}
      </button>
      <button class="button danger" type="button" aria-disabled=${s} @click=${()=>this.sure=e}>${n.delete}</button>
      ${o}`:a`${o}`},vs=function(t,e){let s=this.texts.alerts,n=this.action.errorOf("form"),o=c=>{this.draft={...t,...c},this.dryRun=null},d=ro.map(c=>[c,Tt(c,this.texts)]);return a`<div class="beside">
      <form @submit=${c=>p(this,N,Oi).call(this,c,t)}>
        ${V("name",s.name,e?.name,n,{required:!0,maxlength:100})}
        ${e?a`<p>${Tt(e.event_type,this.texts)}</p>`:Ct("eventType",s.when,d,t.eventType,c=>o({eventType:c,lines:[]}))}
        ${p(this,N,Mi).call(this,t,o)}
        ${Ct("method",s.how,oo.map(c=>[c,s.methods[c]]),t.method,c=>o({method:c}))}
        ${t.method==="in_app"?l:V("webhookUrl",this.texts.webhooks.url,e?.webhook_url,n,{type:"url",required:!0,placeholder:"https://"})}
        ${V("cooldownMinutes",s.cooldown,String(e?.cooldown_minutes??60),n,{type:"number",min:0,required:!0})}
        ${j(n,this.texts)}
        <div class="row">
          <button class="button primary" type="submit" aria-disabled=${this.action.busy!==null}>
            ${e?this.texts.actions.save:s.create}
          </button>
          <button class="button" type="button" @click=${()=>this.draft=null}>${this.texts.actions.cancel}</button>
        </div>
      </form>
      <aside class="stack">
        <h3>${s.trial}</h3>
        <p class="muted small">${s.trialHint}</p>
        <div><button class="button" type="button" aria-disabled=${this.trial.busy!==null} @click=${()=>p(this,N,Ni).call(this,t)}>${s.try}</button></div>
        ${j(this.trial.error,this.texts)} ${this.dryRun?p(this,N,qi).call(this,this.dryRun):l}
      </aside>
    </div>`},Mi=function(t,e){let s=this.texts.alerts;if(t.kept)return a`<p class="hint">${s.kept}</p>`;let n=vi(t.eventType).map(d=>[d,s.fields[d]??d]),o=(d,c)=>e({lines:t.lines.map((u,m)=>m===d?{...u,...c}:u)});return a`<fieldset>
      <legend>${s.condition}</legend>
      ${t.lines.length>1?Ct("joined",s.joined,[["all",s.all],["any",s.any]],t.joined,d=>e({joined:d})):l}
      ${t.lines.map((d,c)=>a`<div class="line">
          <select class="input" aria-label=${s.field} @change=${u=>o(c,{field:u.target.value})}>
            ${n.map(([u,m])=>a`<option value=${u} ?selected=${u===d.field}>${m}</option>`)}
          </select>
          <select class="input" aria-label=${s.operator} @change=${u=>o(c,{operator:u.target.value})}>
            ${ms.map(u=>a`<option value=${u} ?selected=${u===d.operator}>${s.operators[u]}</option>`)}
          </select>
          <input class="input" aria-label=${s.value} required maxlength="200" .value=${d.value} @input=${u=>o(c,{value:u.target.value})} />
          <button class="button icon" type="button" aria-label=${this.texts.actions.delete} @click=${()=>e({lines:t.lines.filter((u,m)=>m!==c)})}>
            ${$("close")}
          </button>
        </div>`)}
      ${t.lines.length?l:a`<p class="hint">${s.always}</p>`}
      <div>
        <button class="button" type="button" aria-disabled=${t.lines.length>=10}
          @click=${()=>t.lines.length<10&&e({lines:[...t.lines,{field:n[0][0],operator:"eq",value:""}]})}>
          ${$("plus")}${s.addLine}
        </button>
      </div>
    </fieldset>`},qi=function(t){let e=this.texts.alerts;return a`<div role="status" class="stack">
      <p>${v(e.matched,{n:this.format.number(t.matched.length),of:this.format.number(t.evaluated)})}</p>
      <ul>
        ${t.matched.slice(0,10).map(s=>a`<li class="muted small">${this.format.dateTime(s.created_at)}</li>`)}
      </ul>
    </div>`},$s=function(t){let e=t?gs(t.condition):{lines:[],joined:"all"};this.draft={id:t?.id??null,eventType:t?.event_type??"shipment.exception",lines:e?.lines??[],joined:e?.joined??"all",method:t?.delivery_method??"in_app",kept:e?null:t.condition},this.dryRun=null,this.action.clear(),this.trial.clear()},Ni=async function(t){let e={eventType:t.eventType,condition:t.kept??fs(t.lines,t.joined)};this.dryRun=await this.trial.run("try",s=>s.embed.alerts.dryRun(e))??null},Oi=async function(t,e){let{text:s}=it(t),n={name:s("name"),condition:e.kept??fs(e.lines,e.joined),deliveryMethod:e.method,cooldownMinutes:Number(s("cooldownMinutes")),...e.method==="in_app"?{}:{webhookUrl:s("webhookUrl")}},o=await this.action.run("form",(d,c)=>e.id?d.embed.alertRules.update(e.id,n):d.embed.alertRules.create({...n,eventType:e.eventType},c));o&&("webhookSecret"in o&&(this.secret={id:o.id,value:o.webhookSecret}),e.id||this.emit("orderly-rule-created",{id:o.id}),this.draft=null,await this.rules.load())},Di=async function(t,e){await this.action.run(t,s=>s.embed.alertRules.update(t,{isActive:e})),await this.rules.load()},Hi=async function(t){await this.action.run(t,e=>e.embed.alertRules.delete(t)),this.sure=null,await this.rules.load()},ut.styles=[A,st,xi,k`
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
        align-content: start;
        padding: 16px;
      }
      aside ul {
        display: grid;
        gap: 4px;
      }
    `],h([f()],ut.prototype,"draft",2),h([f()],ut.prototype,"dryRun",2),h([f()],ut.prototype,"sure",2),h([f()],ut.prototype,"deliveries",2),h([f()],ut.prototype,"secret",2),ut=h([R("orderly-alerts")],ut);var ao=2e3,lo=10*6e4,Kt,M,zi,xs,ws,ji,Fi,Li,Ii,ks,Ui,Ue,rt=class extends D{constructor(){super(...arguments);y(this,M);this.needs=["bridges:write","bridges"];this.closable=!1;this.renews=null;this.chosen=null;this.byKey=!1;this.consent=null;this.outcome=null;this.action=new O(this,this.needs);y(this,Kt,0);this.types=new q(this,(t,e)=>t.embed.bridgeTypes.list({},e))}get isAllowed(){return this.action.isAllowed}begin(){this.types.asked||this.types.load()}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(x(this,Kt))}view(){let{answer:t,error:e,loading:s}=this.types;if(e&&!s&&!t)return a`<div class="card">${this.problem(this.types)}</div>`;if(!t)return a`<div class="card">${z(3,this.texts)}</div>`;let n=this.renews?t.data.find(({id:o})=>o===this.renews.type):this.chosen;return this.consent?p(this,M,Ui).call(this,this.consent,n??null):n?p(this,M,ji).call(this,n):p(this,M,zi).call(this,t.data)}};Kt=new WeakMap,M=new WeakSet,zi=function(t){let e=this.texts.bridges;return a`<section class="card">
      <div class="row top"><h3>${e.choose}</h3>${p(this,M,xs).call(this)}</div>
      ${t.length?a`<div class="types">
            ${t.map((s,n)=>a`<button class="type" type="button" ?data-first=${n===0} @click=${()=>p(this,M,ws).call(this,s)}>
                <strong>${s.name}</strong><span class="muted small">${e.categories[s.category]??s.category}</span>
              </button>`)}
          </div>`:T("plug",e.noTypes,l,l,"status")}
      ${this.outcome==="connected"?a`<div class="notice good" role="status">${$("check")}<div>${e.connected}</div></div>`:l}
    </section>`},xs=function(){return this.closable?a`<button class="button quiet icon push" type="button" aria-label=${this.texts.actions.close} @click=${()=>this.emit("orderly-close",null)}>
      ${$("close")}
    </button>`:l},ws=function(t){this.chosen=t,this.byKey=!1,this.outcome=null,this.action.clear()},ji=function(t){let e=this.texts.bridges,{error:s}=this.action,n=t.config_fields,o=p(this,M,Fi).call(this,t),d=o&&!this.byKey,c=d?n.filter(({name:u})=>u===t.consent_field):n;return a`<section class="card">
      <div class="row top"><h3>${v(this.renews?e.reconnectTo:e.connectTo,{name:t.name})}</h3>${p(this,M,xs).call(this)}</div>
      <form @submit=${u=>p(this,M,Li).call(this,u,t,c,d)}>
        ${this.renews?l:V("name",e.name,t.name,s,{required:!0,maxlength:100})}
        ${c.map(u=>V(u.name,u.label,"",s,{type:u.type==="password"?"password":u.type==="url"?"url":"text",required:u.required,maxlength:4e3,...u.type==="password"?{autocomplete:"new-password"}:{}}))}
        ${d?a`<p class="hint">${v(e.consentHint,{name:t.name})}</p>`:l}
        ${j(s,this.texts)}
        ${s?.code==="already_connected"?a`<p class="hint">${e.already}</p>`:l}
        ${this.outcome==="ended"?a`<div class="notice warn" role="alert">${$("clock")}<div>${e.consentEnded}</div></div>`:l}
        <div class="row">
          <button class="button primary" type="submit" aria-disabled=${this.action.busy!==null}>
            ${this.action.busy?e.connecting:d?v(e.goTo,{name:t.name}):e.connect}
          </button>
          ${this.renews?l:a`<button class="button" type="button" @click=${()=>p(this,M,ws).call(this,null)}>${this.texts.actions.back}</button>`}
          ${o&&n.some(({type:u})=>u==="password")?a`<button class="button quiet" type="button" @click=${()=>this.byKey=!this.byKey}>
                ${this.byKey?e.byConsent:e.byKey}
              </button>`:l}
        </div>
        ${/^https:\/\//.test(t.docs_url??"")?a`<p class="hint"><a class="link" href=${t.docs_url} target="_blank" rel="noopener noreferrer">${e.help}</a></p>`:l}
      </form>
    </section>`},Fi=function(t){return t.consent_field!==null},Li=async function(t,e,s,n){let{text:o}=it(t),d=Object.fromEntries(s.map(({name:m})=>[m,o(m)]).filter(([,m])=>m));if(n)return p(this,M,Ii).call(this,e,{...d,...this.renews?{}:{name:o("name")}});let{renews:c}=this,u=await this.action.run("connect",(m,b)=>c?m.embed.bridges.update(c.id,{config:d}):m.embed.bridges.create({type:e.id,name:o("name"),config:d},b));u&&(this.session.call(m=>m.embed.bridges.test(u.id)),p(this,M,Ue).call(this,"orderly-bridge-created",u.id,e.id))},Ii=async function(t,e){let s=window.open("about:blank","orderly-consent","popup,width=720,height=800"),n=t.auth_methods.includes("oauth")?`/bridges/${t.id}/oauth/start`:`/bridges/${t.id}/connect`,o=await this.action.run("consent",(d,c)=>d.embed.request("POST",n,{body:e,...c}));if(!o||!/^https?:\/\//.test(o.authUrl)){s?.close();return}this.consent={bridgeId:o.bridgeId,url:o.authUrl},s&&(s.opener=null,s.location.replace(o.authUrl)),p(this,M,ks).call(this,o.bridgeId,t.id,s,Date.now()+lo)},ks=function(t,e,s,n){L(this,Kt,setTimeout(async()=>{let o=s?.closed===!0||Date.now()>n,{data:d}=await this.session.call(u=>u.embed.bridges.list()),c=d?.find(u=>u.id===t);!this.consent||!this.isConnected||(c?.status==="active"&&!c.reconnect_required?(s?.close(),this.consent=null,this.outcome="connected",p(this,M,Ue).call(this,"orderly-bridge-connected",t,e),p(this,M,Ue).call(this,"orderly-bridge-created",t,e)):o?(this.consent=null,this.outcome="ended"):p(this,M,ks).call(this,t,e,s,n))},ao))},Ui=function(t,e){let s=this.texts.bridges,n=()=>{clearTimeout(x(this,Kt)),this.consent=null};return a`<section class="card">
      ${T("link",v(s.waiting,{name:e?.name??""}),s.waitingHint,a`<span class="row">
          <a class="button" href=${t.url} target="orderly-consent" rel="noopener noreferrer">${s.openAgain}</a>
          <button class="button" type="button" @click=${n}>${this.texts.actions.cancel}</button>
        </span>`,"status")}
    </section>`},Ue=function(t,e,s){t==="orderly-bridge-created"&&(this.chosen=null),this.emit(t,{id:e,type:s})},rt.styles=[A,st,k`
      .types {
        display: grid;
        gap: 10px;
        grid-template-columns: repeat(auto-fill, minmax(min(230px, 100%), 1fr));
        padding: 12px 16px 16px;
      }
      .type {
        display: grid;
        gap: 2px;
        padding: 12px 14px;
        border: 1px solid var(--o-line);
        border-radius: var(--o-radius);
        background: none;
        text-align: start;
        cursor: pointer;
      }
      .type:hover {
        border-color: var(--o-accent);
        background: var(--o-hover);
      }
      .type strong {
        font-weight: 650;
      }
      .top {
        padding: 10px 16px 0;
      }
    `],h([S({type:Boolean})],rt.prototype,"closable",2),h([S({attribute:!1})],rt.prototype,"renews",2),h([f()],rt.prototype,"chosen",2),h([f()],rt.prototype,"byKey",2),h([f()],rt.prototype,"consent",2),h([f()],rt.prototype,"outcome",2),rt=h([R("orderly-connect")],rt);var co=3e3,Yt,_,Bi,Wi,Vi,Be,Gi,Ki,Yi,Ji,Xi,Zi,Qi,tn,en,sn,nn,rn,ht=class extends D{constructor(){super(...arguments);y(this,_);this.needs=["bridges:read","bridges"];this.editing=null;this.adding=!1;this.sure=null;this.shownRuns=null;this.tested=null;this.action=new O(this,["bridges:write","bridges"]);this.trial=new O(this,this.needs);y(this,Yt,0);this.bridges=new q(this,(t,e)=>t.embed.bridges.list({},e));this.types=new q(this,(t,e)=>t.embed.bridgeTypes.list({},e));this.runs=new q(this,(t,e)=>t.embed.bridges.runs(this.shownRuns,{limit:10},e))}begin(){this.bridges.asked||this.bridges.load(),this.types.asked||this.types.load()}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(x(this,Yt))}updated(){clearTimeout(x(this,Yt)),!(!this.bridges.answer?.data.some(e=>e.running||e.progress||e.status==="pending_oauth")||this.session?.state!=="ready")&&L(this,Yt,setTimeout(()=>{document.visibilityState==="visible"&&this.action.busy===null&&this.trial.busy===null?this.bridges.load():this.requestUpdate()},co))}view(){let t=this.texts.bridges;return a`<section class="stack">
      <div class="head">
        <h2>${t.title}</h2>
        ${this.action.isAllowed&&!this.adding?a`<button class="button primary push" type="button" @click=${()=>this.adding=!0}>${$("plus")}${t.add}</button>`:l}
      </div>
      ${this.adding?a`<orderly-connect closable @orderly-close=${()=>this.adding=!1} @orderly-bridge-created=${p(this,_,Bi)}></orderly-connect>`:l}
      ${p(this,_,Wi).call(this)}
    </section>`}};Yt=new WeakMap,_=new WeakSet,Bi=function(){this.adding=!1,this.bridges.load()},Wi=function(){let{answer:t,error:e,loading:s}=this.bridges;if(e&&!s&&!t)return a`<div class="card">${this.problem(this.bridges)}</div>`;if(!t)return a`<div class="card">${z(3,this.texts)}</div>`;if(!t.data.length){let n=this.texts.bridges;return this.adding?l:a`<div class="card">${T("plug",n.empty,n.emptyHint,l,"status")}</div>`}return a`${t.data.map(n=>p(this,_,Vi).call(this,n))}`},Vi=function(t){let{id:e}=t,s=this.texts.bridges,n=this.types.answer?.data.find(d=>d.id===t.type),o=[t.last_sync_at?v(s.lastSync,{time:this.format.dateTime(t.last_sync_at)}):s.neverSynced,t.next_run_at&&t.status==="active"?v(s.nextSync,{time:this.format.dateTime(t.next_run_at)}):""];return a`<article class="card" aria-label=${t.name}>
      <div class="bridge">
        <div class="row">
          ${$("plug")}<span class="name">${t.name}</span><span class="muted">${n?.name??t.type}</span>
          <span class="push">${C(t.status,this.texts)}</span>
        </div>
        ${t.error_message||t.reconnect_required?a`<div class="notice bad">
              ${$("alert")}
              <div>
                ${t.reconnect_required?a`<p><strong>${s.reconnectNeeded}</strong></p>`:l}${p(this,_,Be).call(this,t.error_code,t.error_message)}
              </div>
            </div>`:l}
        ${p(this,_,Ki).call(this,t)}
        <p class="muted small">${o.filter(Boolean).join(" · ")}</p>
        ${this.tested?.id===e?a`<div class="notice ${this.tested.success?"good":"bad"}" role="status">
              ${$(this.tested.success?"check":"alert")}<div>${this.tested.success?s.testWorked:p(this,_,Be).call(this,this.tested.code,this.tested.message)}</div>
            </div>`:l}
        ${j(this.action.errorOf(e)??this.trial.errorOf(e),this.texts)}
        <div class="row">${p(this,_,Yi).call(this,n)?p(this,_,Ji).call(this,t):l} ${p(this,_,Xi).call(this,e)}</div>
      </div>
      ${this.editing?.id===e&&this.editing.what==="name"?p(this,_,Qi).call(this,t):l}
      ${this.editing?.id===e&&this.editing.what==="credentials"?a`<orderly-connect .renews=${t} closable @orderly-close=${()=>this.editing=null} @orderly-bridge-created=${p(this,_,Gi)}></orderly-connect>`:l}
      ${this.shownRuns===e?p(this,_,Zi).call(this):l}
    </article>`},Be=function(t,e){return X(t,e,this,{own:e})},Gi=function(){this.editing=null,this.bridges.load()},Ki=function(t){let e=this.texts.bridges,{progress:s}=t;if(!s)return t.running?a`<p role="status">${e.running}</p>`:l;let n=s.total??null,o=v(n===null?e.progress:e.progressOf,{n:this.format.number(s.done??0),of:this.format.number(n??0)});return a`<div role="status">
      <p>${o}</p>
      <progress aria-label=${e.firstSync} max=${n??l} .value=${n===null?void 0:s.done}></progress>
    </div>`},Yi=function(t){return t!==void 0||this.types.answer===null},Ji=function(t){let{id:e,status:s}=t,n=this.texts.bridges,o=s==="pending_oauth",d=o||!this.trial.isAllowed?l:a`<button class="button" type="button" aria-disabled=${this.trial.busy!==null} @click=${()=>p(this,_,sn).call(this,e)}>
          ${this.trial.busy===e?this.texts.webhooks.testing:n.test}
        </button>`;if(!this.action.isAllowed)return a`${d}`;let c=this.action.busy!==null;if(this.sure===e)return a`<p class="small">${n.deleteHint}</p>
        ${vt(this.texts,c,()=>p(this,_,rn).call(this,e),()=>this.sure=null)}`;let u=t.reconnect_required||s==="error"||s==="disconnected",m=a`<button class="button ${u?"primary":""}" type="button" aria-disabled=${c}
      @click=${()=>this.editing={id:e,what:"credentials"}}>${n.reconnect}</button>`;return a`${u||o?m:l}
      ${s==="active"?a`<button class="button" type="button" aria-disabled=${c} @click=${()=>p(this,_,en).call(this,e)}>${n.sync}</button>`:l}
      ${d}
      ${o?l:a`<button class="button" type="button" aria-disabled=${c} @click=${()=>p(this,_,nn).call(this,t)}>
            ${s==="paused"?n.resume:n.pause}
          </button>`}
      <button class="button" type="button" aria-disabled=${c} @click=${()=>this.editing={id:e,what:"name"}}>${n.rename}</button>
      ${u||o?l:m}
      <button class="button danger" type="button" aria-disabled=${c} @click=${()=>this.sure=e}>${this.texts.actions.delete}</button>`},Xi=function(t){let e=this.shownRuns===t;return a`<button class="button quiet" type="button" aria-expanded=${e} @click=${()=>{this.shownRuns=e?null:t,this.runs.clear(),this.shownRuns&&this.runs.load()}}>${this.texts.bridges.runs}</button>`},Zi=function(){let t=this.texts.bridges,{answer:e,error:s,loading:n}=this.runs;return s&&!n?a`<div class="runs">${this.problem(this.runs)}</div>`:e?e.data.length?a`<div class="runs scroll cards">
      <table role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader">${t.task}</th>
            <th role="columnheader">${this.texts.list.status}</th>
            <th role="columnheader">${t.result}</th>
            <th role="columnheader">${this.texts.webhooks.time}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${e.data.map(o=>a`<tr role="row">
              <td role="cell" class="first">
                ${t.tasks[o.task]??o.task} <span class="also">${t.triggers[o.trigger]??o.trigger}</span>
              </td>
              <td role="cell" class="second">${C(o.status,this.texts)}</td>
              <td role="cell" class="wide">
                ${o.error?p(this,_,Be).call(this,o.error.code,o.error.message):v(t.counts,{created:this.format.number(o.counts.created??0),updated:this.format.number(o.counts.updated??0),failed:this.format.number(o.counts.failed??0)})}
              </td>
              <td role="cell" class="muted wide">${this.format.dateTime(o.finished_at??o.started_at)}</td>
            </tr>`)}
        </tbody>
      </table>
    </div>`:a`<div class="runs">${T("clock",t.noRuns,l,l,"status")}</div>`:a`<div class="runs">${z(3,this.texts)}</div>`},Qi=function(t){let e=this.action.errorOf("name");return a`<form @submit=${s=>p(this,_,tn).call(this,s,t.id)}>
      ${V("name",this.texts.bridges.name,t.name,e,{required:!0,maxlength:100})} ${j(e,this.texts)}
      <div class="row">
        <button class="button primary" type="submit" aria-disabled=${this.action.busy!==null}>${this.texts.actions.save}</button>
        <button class="button" type="button" @click=${()=>this.editing=null}>${this.texts.actions.cancel}</button>
      </div>
    </form>`},tn=async function(t,e){let s=it(t).text("name");await this.action.run("name",n=>n.embed.bridges.update(e,{name:s}))&&(this.editing=null,await this.bridges.load())},en=async function(t){await this.action.run(t,e=>e.embed.bridges.sync(t)),await this.bridges.load()},sn=async function(t){this.tested=null;let e=await this.trial.run(t,s=>s.embed.bridges.test(t));e&&(this.tested={id:t,...e}),await this.bridges.load()},nn=async function(t){let e=t.status==="paused"?"active":"paused";await this.action.run(t.id,s=>s.embed.bridges.update(t.id,{status:e})),await this.bridges.load()},rn=async function(t){await this.action.run(t,e=>e.embed.bridges.delete(t)),this.sure=null,await this.bridges.load()},ht.styles=[A,I,st,k`
      .bridge {
        display: grid;
        gap: 10px;
        padding: 16px;
      }
      .name {
        font-weight: 650;
      }
      progress {
        inline-size: 100%;
        block-size: 8px;
        accent-color: var(--o-accent);
      }
      .runs {
        border-block-start: 1px solid var(--o-line);
      }
    `],h([f()],ht.prototype,"editing",2),h([f()],ht.prototype,"adding",2),h([f()],ht.prototype,"sure",2),h([f()],ht.prototype,"shownRuns",2),h([f()],ht.prototype,"tested",2),ht=h([R("orderly-bridges")],ht);var po=[7,30,90,365],fe=["orders","shipped","delivered","on_time","late","exceptions"],uo=864e5,[on,_s]=[600,120],We,$t,dn,cn,pn,un,Pt=class extends D{constructor(){super(...arguments);y(this,$t);this.needs=["orders:read","data_room"];this.period=30;this.shown="orders";this.figures=new q(this,(t,e)=>t.embed.insights.list({from:an(this.period-1),to:an(0)},e));y(this,We,t=>{this.period=Number(t),this.figures.load()})}begin(){this.figures.asked||this.figures.load()}view(){let t=this.texts.insights,e=po.map(s=>[String(s),v(t.days,{n:this.format.number(s)})]);return a`<section class="stack">
      <div class="head">
        <h2>${t.title}</h2>
        <div class="others unfolded alone">${Ct("period",t.period,e,String(this.period),x(this,We))}</div>
      </div>
      ${p(this,$t,dn).call(this)}
    </section>`}};We=new WeakMap,$t=new WeakSet,dn=function(){let{answer:t,error:e,loading:s}=this.figures;if(e&&!s)return a`<div class="card">${this.problem(this.figures)}</div>`;if(!t)return a`<div class="card">${z(5,this.texts)}</div>`;let n=this.texts.insights,[o]=ln(t.data,t.data.length);if(!o||fe.every(u=>!o[u]))return a`<div class="card">${T("inbox",n.empty,n.emptyHint,l,"status")}</div>`;let d=t.data.length>120?28:t.data.length>31?7:1,c=ln(t.data,d);return a`<div class="totals" role="group" aria-label=${n.measure}>${fe.map(u=>p(this,$t,cn).call(this,u,o))}</div>
      <div class="both ${s?"stale":""}">${p(this,$t,pn).call(this,c,d)}${p(this,$t,un).call(this,c,d)}</div>`},cn=function(t,e){return a`<button class="total" type="button" aria-pressed=${t===this.shown} @click=${()=>this.shown=t}>
      <span class="muted small">${this.texts.insights.measures[t]}</span><strong class="number">${this.format.number(e[t])}</strong>
    </button>`},pn=function(t,e){let s=this.texts.insights,n=Math.max(...t.map(u=>u[this.shown])),o=on/t.length,d=`${s.measures[this.shown]} ${e===1?s.byDay:v(s.byDays,{n:this.format.number(e)})}`,c=`${d}. ${v(s.most,{n:this.format.number(n)})}`;return a`<figure class="card">
      <figcaption class="row">
        <h3>${d}</h3>
        <span class="muted small push">${v(s.most,{n:this.format.number(n)})}</span>
      </figcaption>
      <svg class="chart" viewBox="0 0 ${on} ${_s}" preserveAspectRatio="none" role="img" aria-label=${c}>
        ${t.map((u,m)=>{let b=n?u[this.shown]/n*_s:0;return qe`<rect class="bar" x=${m*o+o*.12} y=${_s-b} width=${o*.76} height=${b}></rect>`})}
      </svg>
      <div class="row muted small">
        <span>${this.format.date(t[0].from)}</span><span class="push">${this.format.date(t.at(-1).from)}</span>
      </div>
    </figure>`},un=function(t,e){let s=this.texts.insights;return a`<div class="card days" tabindex="0" role="region" aria-label=${s.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">${e===1?s.day:s.daysFrom}</th>
            ${fe.map(n=>a`<th scope="col" class="end">${s.measures[n]}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${t.toReversed().map(n=>a`<tr>
              <th scope="row">${this.format.date(n.from)}</th>
              ${fe.map(o=>a`<td class="end number">${this.format.number(n[o])}</td>`)}
            </tr>`)}
        </tbody>
      </table>
    </div>`},Pt.styles=[A,I,k`
      .others {
        margin-inline-start: auto;
      }
      .totals {
        display: grid;
        gap: 12px;
        grid-template-columns: repeat(auto-fit, minmax(110px, 1fr));
      }
      .total {
        display: grid;
        gap: 2px;
        padding: 12px 14px;
        border: 1px solid var(--o-line);
        border-radius: calc(var(--o-radius) + 2px);
        background: var(--o-card);
        color: var(--o-text);
        text-align: start;
        cursor: pointer;
      }
      .total:hover {
        background: var(--o-hover);
      }
      .total[aria-pressed='true'] {
        border-color: var(--o-accent);
        box-shadow: inset 0 0 0 1px var(--o-accent);
      }
      .total strong {
        font-size: var(--o-title);
        font-weight: 650;
        line-height: 1.2;
      }
      .both {
        display: grid;
        gap: 16px;
        align-items: start;
      }
      @container (min-width: 900px) {
        .both {
          grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
        }
      }
      figure {
        padding: 14px 16px;
      }
      .chart {
        display: block;
        inline-size: 100%;
        block-size: 200px;
        margin-block: 12px 6px;
        border-block-end: 1px solid var(--o-line);
        stroke: none;
      }
      .bar {
        fill: var(--o-accent);
      }
      .days {
        max-block-size: 420px;
        overflow: auto;
      }
      .days th {
        position: sticky;
        inset-block-start: 0;
        background: var(--o-card);
      }
      th,
      td {
        padding-inline: 8px;
      }
    `],h([f()],Pt.prototype,"period",2),h([f()],Pt.prototype,"shown",2),Pt=h([R("orderly-insights")],Pt);function an(r){return new Date(Date.now()-r*uo).toISOString().slice(0,10)}function ln(r,i){let t=[];for(let e=r.length;e>0;e-=i){let s=r.slice(Math.max(0,e-i),e),n=Object.fromEntries(fe.map(o=>[o,s.reduce((d,c)=>d+c[o],0)]));t.unshift({from:s[0].date,...n})}return t}var ho=3e4,ge,Jt,ot,hn,mn,fn,gn,bn,jt=class extends D{constructor(){super(...arguments);y(this,ot);this.needs=["alerts:read","smart_alerts"];this.isOpen=!1;this.action=new O(this,this.needs);y(this,ge,0);this.notifications=new q(this,(t,e)=>t.embed.notifications.list({limit:30},e));y(this,Jt,()=>{let t=this.session?.state==="ready"&&this.isAllowed&&this.notifications.asked;document.visibilityState==="visible"&&t&&this.action.busy===null&&this.notifications.load()})}connectedCallback(){super.connectedCallback(),document.addEventListener("visibilitychange",x(this,Jt)),L(this,ge,setInterval(x(this,Jt),ho))}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener("visibilitychange",x(this,Jt)),clearInterval(x(this,ge))}begin(){this.notifications.asked||this.notifications.load()}view(){let t=this.texts.notifications,e=this.notifications.answer?.unreadCount??0,s=e?this.format.plural(e,t.unread):t.title;return a`<button
        class="button icon bell"
        part="bell"
        type="button"
        aria-label=${s}
        aria-expanded=${this.isOpen}
        popovertarget="panel"
      >
        ${$("bell")}${e?a`<span class="count" aria-hidden="true">${e>99?"99+":e}</span>`:l}
      </button>
      <div id="panel" class="panel" popover part="panel" role="dialog" aria-label=${t.title} @toggle=${p(this,ot,fn)}>
        ${this.isOpen?p(this,ot,hn).call(this):l}
      </div>`}};ge=new WeakMap,Jt=new WeakMap,ot=new WeakSet,hn=function(){let t=this.texts.notifications,{answer:e,error:s,loading:n}=this.notifications;if(s&&!n&&!e)return this.problem(this.notifications);if(!e)return z(3,this.texts);let o=e.data.filter(d=>!d.is_read);return a`<div class="top row">
        <h2>${t.title}</h2>
        ${o.length&&this.action.isAllowed?a`<button class="link push" type="button" aria-disabled=${this.action.busy!==null} @click=${()=>p(this,ot,gn).call(this,o)}>${t.readAll}</button>`:l}
      </div>
      ${e.data.length?a`<ul>
            ${e.data.map(d=>p(this,ot,mn).call(this,d))}
          </ul>`:T("bell",t.empty,t.emptyHint,l,"status")}`},mn=function(t){let e=this.texts.notifications,s=Number(t.metadata.suppressed_count)||0,[n,o]=ui(t,this);return a`<li class="${t.is_read?"":"unread"} ${t.severity}">
      <span class="dot"></span>
      <div>
        <p class="what">${t.is_read?l:a`<span class="hidden">${e.new}: </span>`}${n}</p>
        <p>${o}</p>
        <p class="muted small">
          ${this.format.dateTime(t.created_at)}${s?` · ${v(e.held,{n:this.format.number(s)})}`:""}
        </p>
      </div>
      ${this.action.isAllowed?a`<button class="button quiet icon" type="button" aria-label=${e.dismiss} @click=${()=>p(this,ot,bn).call(this,t.id)}>
            ${$("close")}
          </button>`:l}
    </li>`},fn=function(t){if(this.isOpen=t.newState==="open",!this.isOpen)return;let e=t.target,s=this.renderRoot.querySelector(".bell").getBoundingClientRect(),n=Math.min(380,innerWidth-24);e.style.top=`${s.bottom+8}px`,e.style.left=`${Math.max(12,Math.min(s.right-n,innerWidth-n-12))}px`,this.notifications.load()},gn=async function(t){await this.action.run("read",async e=>{let s=await Promise.all(t.map(({id:n})=>e.embed.notifications.update(n,{isRead:!0})));return s.find(n=>n.error)??s[0]}),await this.notifications.load()},bn=async function(t){await this.action.run(t,e=>e.embed.notifications.update(t,{isDismissed:!0})),await this.notifications.load()},jt.styles=[A,k`
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
      h2 {
        font-size: var(--o-large);
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
    `],h([f()],jt.prototype,"isOpen",2),jt=h([R("orderly-notifications")],jt);function Ve(r,i){return a`<ol class="timeline">
    ${r.map(({title:t,text:e,time:s,tone:n})=>a`<li class=${n??""}>
        <p class="what">${t}</p>
        ${e&&e!==t?a`<p class="muted">${e}</p>`:l}
        <time class="muted small" datetime=${s}>${i.dateTime(s)}</time>
      </li>`)}
  </ol>`}var Ge=k`
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
  .timeline .warn::before,
  .timeline .warn:first-child::before {
    border-color: var(--o-warn);
    background: var(--o-warn);
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
`;var yn=["cancel","address_change","hold","release","expedite","note","other"],vn=["name","address1","address2","zip","city","state","country","phone"],Xt,$n,xn,mt=class extends D{constructor(){super(...arguments);y(this,Xt);this.needs=["actions:write","action_requests"];this.type=null;this.action=new O(this,this.needs)}get isAllowed(){return this.action.isAllowed}begin(){}static allowed(t){return t.allowed_actions.map(({action_type:e,until:s})=>({type:e,until:s??null})).sort((e,s)=>yn.indexOf(e.type)-yn.indexOf(s.type))}view(){let t=this.texts.requests,e=mt.allowed(this.order),s=e.find(({type:d})=>d===this.type)??e[0],n=this.action.error,o=e.map(({type:d})=>[d,t.types[d]??d]);return a`<section class="card">
      <h3>${t.ask}</h3>
      <form @submit=${d=>p(this,Xt,xn).call(this,d,s.type)}>
        ${Ct("actionType",t.type,o,s.type,d=>this.type=d)}
        ${s.until?a`<p class="hint">${v(t.until,{time:this.format.dateTime(s.until)})}</p>`:l}
        ${p(this,Xt,$n).call(this,s.type)}
        ${V("description",s.type==="note"?t.note:t.reason,"",n,{type:"area",required:s.type==="note"||s.type==="other"})}
        ${j(n,this.texts)}
        <div class="row">
          <button class="button primary" type="submit" aria-disabled=${this.action.busy!==null}>${t.send}</button>
          <button class="button" type="button" @click=${()=>this.emit("orderly-close",null)}>${this.texts.actions.cancel}</button>
        </div>
      </form>
    </section>`}};Xt=new WeakSet,$n=function(t){let e=this.texts.requests,{error:s}=this.action;if(t==="hold")return V("until",e.holdUntil,"",s,{type:"date"});if(t!=="address_change")return l;let n=this.order.shipping_address;return a`<div class="two">
      ${vn.map(o=>V(o,e.address[o],n?.[o],s,{required:o==="address1"||o==="city"||o==="country",maxlength:200,...o==="country"?{hint:e.countryHint}:{}}))}
    </div>`},xn=async function(t,e){let{text:s}=it(t),n=this.texts.requests,o=s("description")||null,d={};if(e==="address_change")for(let b of vn)d[b]=s(b)||null;e==="hold"&&s("until")&&(d.until=Ie(s("until"),0)),e==="hold"&&o&&(d.reason=o),e==="note"&&(d.note=o);let c=this.order.order_number??this.order.external_id,u={orderId:this.order.id,actionType:e,title:`${n.types[e]??e}: ${c}`.slice(0,200),description:o,requestedChanges:Object.keys(d).length?d:null},m=await this.action.run("send",(b,F)=>b.embed.actionRequests.create(u,F));m&&this.emit("orderly-request-created",{id:m.id,orderId:this.order.id,actionType:e})},mt.styles=[A,st],h([S({attribute:!1})],mt.prototype,"order",2),h([f()],mt.prototype,"type",2),mt=h([R("orderly-request-form")],mt);var be,H,wn,kn,_n,Tn,Rn,Sn,Ts,En,An,Cn,ft=class extends D{constructor(){super(...arguments);y(this,H);this.needs=["orders:read","data_room"];this.orderId=null;this.back=!1;this.shipment=null;this.asking=!1;this.asked=!1;this.order=new q(this,(t,e)=>t.embed.orders.get(this.orderId,{},e));y(this,be,!1)}begin(){this.orderId&&!this.order.asked&&this.order.load()}willUpdate(t){!t.has("orderId")||!this.hasUpdated||(this.order.clear(),this.shipment=null,this.asking=this.asked=!1,this.session&&this.sessionChanged())}updated(){let t=this.renderRoot.querySelector("h2");this.back&&t&&!x(this,be)&&t.focus({preventScroll:!0}),L(this,be,t!==null)}view(){if(!this.orderId)return l;if(this.shipment)return a`<orderly-tracking shipment-id=${this.shipment} .fromOrder=${!0} back @orderly-navigate=${p(this,H,Cn)}></orderly-tracking>`;let t=this.order.answer?.data,e=this.back?a`<button class="button quiet icon" type="button" aria-label=${this.texts.actions.back} @click=${()=>this.navigate("orders")}>
          ${$("back")}
        </button>`:l;if(!t){let s=this.order.error&&!this.order.loading?this.problem(this.order):z(6,this.texts);return a`<div class="stack"><div class="head">${e}</div><div class="card">${s}</div></div>`}return a`<article class="stack">
      <div class="head">
        ${e}
        <h2 tabindex="-1">${t.order_number??t.external_id}</h2>
        ${C(t.status,this.texts)}${C(t.payment_status,this.texts)}${C(t.fulfillment_status,this.texts)}
        <span class="muted small">${v(this.texts.order.ordered,{date:this.format.dateTime(t.ordered_at)})}</span>
        ${p(this,H,wn).call(this,t)}
      </div>
      ${this.asked?a`<div class="notice good" role="status">${$("check")}<div>${this.texts.requests.sent}</div></div>`:l}
      ${this.asking?a`<orderly-request-form .order=${t} @orderly-close=${()=>this.asking=!1} @orderly-request-created=${p(this,H,kn)}></orderly-request-form>`:l}
      <div class="columns">
        <div class="stack">${p(this,H,_n).call(this,t)}${p(this,H,Rn).call(this,t.shipments)}</div>
        <div class="stack">${p(this,H,Sn).call(this,t)}${p(this,H,En).call(this,t.activities)}</div>
      </div>
    </article>`}};be=new WeakMap,H=new WeakSet,wn=function(t){return!this.session.mayChange("actions:write","action_requests")||!mt.allowed(t).length?l:a`<button class="button push" type="button" aria-expanded=${this.asking} @click=${()=>this.asking=!this.asking}>
      ${this.texts.requests.ask}
    </button>`},kn=function(){this.asking=!1,this.asked=!0,this.order.load()},_n=function(t){let e=this.texts.order,{totals:s}=t,n=d=>this.format.money(d,t.currency),o=[[e.subtotal,s.subtotal,""],[e.shipping,s.shipping,""],[e.tax,s.tax,""],[e.discount,s.discount?-Math.abs(s.discount):null,""],[e.total,s.total,"sum"]];return a`<section class="card">
      <h3>${e.items}</h3>
      ${t.line_items.length?p(this,H,Tn).call(this,t.line_items,t.currency):a`<p class="plain">${e.noItems}</p>`}
      <dl class="totals number">
        ${o.map(([d,c,u])=>c==null?l:a`<dt class=${u}>${d}</dt><dd class=${u}>${n(c)}</dd>`)}
      </dl>
    </section>`},Tn=function(t,e){let s=this.texts.order,n=o=>this.format.money(o,e);return a`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader">${s.item}</th>
          <th role="columnheader" class="end">${s.quantity}</th>
          <th role="columnheader" class="end">${s.amount}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${t.map(({title:o,sku:d,quantity:c,price:u})=>{let m=typeof u=="number";return a`<tr role="row">
            <td role="cell">${o??d??""}${o&&d?a`<span class="also code">${d}</span>`:l}</td>
            <td role="cell" class="end number">${typeof c=="number"?this.format.number(c):""}</td>
            <td role="cell" class="end number nowrap">
              ${m?n(u*(c??1)):""}${m&&c!==1?a`<span class="also">${s.price} ${n(u)}</span>`:l}
            </td>
          </tr>`})}
      </tbody>
    </table>`},Rn=function(t){let e=this.texts.order;return a`<section class="card">
      <h3>${e.shipments}</h3>
      ${t.length?t.map(s=>{let n=s.tracking_number??this.texts.shipments.noNumber,o=this.session.has("tracking:read")?a`<button class="link code" type="button" @click=${()=>p(this,H,An).call(this,s)}>${n}</button>`:a`<span class="code">${n}</span>`;return a`<div class="shipment">
              ${$("truck")}${o}<span class="muted">${s.carrier?.replaceAll("_"," ").toUpperCase()??""}</span>
              ${C(s.status,this.texts)}
            </div>`}):a`<p class="plain">${e.noShipments}</p>`}
    </section>`},Sn=function(t){let e=this.texts.order,{customer:s,shipping_address:n,billing_address:o}=t,d=[s.name,s.email,s.phone].filter(Boolean).join(`
`),[c,u]=[p(this,H,Ts).call(this,n),p(this,H,Ts).call(this,o)],m=[[e.customer,d||null],[e.shippingAddress,c||e.noAddress],[e.billingAddress,u&&u===c?e.sameAddress:u||null],[e.notes,t.notes],[e.tags,t.tags.join(", ")||null]];return a`<section class="card">
      <dl class="pairs">
        ${m.map(([b,F])=>F?a`<div><dt>${b}</dt><dd><address>${F}</address></dd></div>`:l)}
      </dl>
    </section>`},Ts=function(t){if(!t)return"";let{name:e,address1:s,address2:n,zip:o,city:d,state:c,country:u,phone:m}=t,b=[o,d,c].filter(Boolean).join(" ");return[e,s,n,b,u&&this.format.country(u),m].filter(Boolean).join(`
`)},En=function(t){let e=this.texts.order;return a`<section class="card">
      <h3>${e.timeline}</h3>
      ${t.length?Ve(t.map(s=>({title:s.from&&s.to?v(e.changed,{from:B(s.from,this.texts),to:B(s.to,this.texts)}):e.activities[s.title]??s.title,text:typeof s.metadata.source=="string"?v(e.syncedFrom,{name:s.metadata.source}):s.description,time:s.created_at})),this.format):a`<p class="plain">${e.noTimeline}</p>`}
    </section>`},An=function(t){this.navigate("shipment",t.id)&&(this.shipment=t.id)},Cn=function(t){t.detail.view==="shipments"&&(t.preventDefault(),t.stopPropagation(),this.shipment=null)},ft.styles=[A,I,Ge,k`
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
    `],h([S({attribute:"order-id"})],ft.prototype,"orderId",2),h([S({type:Boolean})],ft.prototype,"back",2),h([f()],ft.prototype,"shipment",2),h([f()],ft.prototype,"asking",2),h([f()],ft.prototype,"asked",2),ft=h([R("orderly-order")],ft);var mo=["pending","confirmed","processing","on_hold","partially_shipped","shipped","delivered","cancelled","returned","refunded"],ye,xt,Pn,Mn,qn,Nn,Ft=class extends G{constructor(){super(...arguments);y(this,xt);this.needs=["orders:read","data_room"];this.opened=null;this.bridges=[];y(this,ye,!1)}begin(){super.begin(),!x(this,ye)&&this.session.info&&this.session.has("bridges:read")&&p(this,xt,Pn).call(this)}read(t,e,s){return t.embed.orders.list(e,s)}view(){if(this.opened)return a`<orderly-order order-id=${this.opened} back @orderly-navigate=${p(this,xt,Nn)}></orderly-order>`;let t=this.texts.orders;return a`<section class="stack">
      <div class="head"><h2>${t.title}</h2>${this.exportButton()}</div>
      ${this.toolbar(this.searchField(t.search),a`${this.selectField("status",this.texts.list.status,mo.map(e=>[e,B(e,this.texts)]))}
        ${this.bridges.length>1?this.selectField("bridge_id",t.bridge,this.bridges.map(({id:e,name:s})=>[e,s])):l}
        ${this.dayField("from")}${this.dayField("to")}`)}
      ${this.list()}
    </section>`}head(){let t=this.texts.orders;return a`<tr role="row">
      <th role="columnheader">${t.order}</th>
      <th role="columnheader">${t.date}</th>
      <th role="columnheader">${t.customer}</th>
      <th role="columnheader">${this.texts.list.status}</th>
      <th role="columnheader">${t.shipments}</th>
      <th role="columnheader" class="end">${t.total}</th>
    </tr>`}row(t){let e=n=>p(this,xt,qn).call(this,n,t),{customer:s}=t;return a`<tr role="row" class="open" @click=${e}>
      <td role="cell" class="first nowrap">
        <button class="link" type="button" id=${`o-${t.id}`}>${t.order_number??t.external_id}</button>
      </td>
      <td role="cell" class="nowrap muted date">${this.format.date(t.ordered_at)}</td>
      <td role="cell" class="wide">
        ${s.name??s.email??l}${s.name&&s.email?a`<span class="also roomy">${s.email}</span>`:l}
      </td>
      <td role="cell" class="second">
        ${C(t.status,this.texts)}
        ${t.payment_status==="paid"?l:a`<span class="also">${B(t.payment_status,this.texts)}</span>`}
      </td>
      <td role="cell" class="skip">${p(this,xt,Mn).call(this,t)}</td>
      <td role="cell" class="end nowrap number">${this.format.money(t.totals.total,t.currency)}</td>
    </tr>`}empty(){return T("inbox",this.texts.orders.empty,this.texts.orders.emptyHint,l,"status")}csv(t){let e=this.texts.orders,s=[e.order,"ID",e.date,e.customer,"E-mail",this.texts.list.status,e.payment,e.fulfillment,e.total,"Currency",e.shipments],n=t.map(o=>[o.order_number,o.external_id,o.ordered_at,o.customer.name,o.customer.email,o.status,o.payment_status,o.fulfillment_status,o.totals.total,o.currency,o.shipments.map(d=>d.tracking_number??"").filter(Boolean).join(" ")]);return{name:"orders.csv",rows:[s,...n]}}};ye=new WeakMap,xt=new WeakSet,Pn=async function(){L(this,ye,!0);let{data:t}=await this.session.call(e=>e.embed.bridges.list());this.bridges=t??[]},Mn=function(t){let[e,...s]=t.shipments;if(!e)return l;let n=s.length?` +${this.format.number(s.length)}`:"";return a`<span class="code cut">${e.tracking_number??e.carrier??l}</span>
      <span class="also">${B(e.status,this.texts)}${n}</span>`},qn=function(t,e){getSelection()?.toString()||(t.preventDefault(),this.navigate("order",e.id)&&(this.opened=e.id))},Nn=function(t){if(t.detail.view!=="orders")return;t.preventDefault(),t.stopPropagation();let e=this.opened;this.opened=null,this.updateComplete.then(()=>this.renderRoot.querySelector(`#o-${e}`)?.focus())},h([f()],Ft.prototype,"opened",2),h([f()],Ft.prototype,"bridges",2),Ft=h([R("orderly-orders")],Ft);function On(r){let i=r?.querySelector("[aria-current]");if(!r||!i)return;let[t,e]=[r.getBoundingClientRect(),i.getBoundingClientRect()];r.scrollLeft+=e.left+e.width/2-(t.left+t.width/2)}var Dn=[{name:"orders",needs:["orders:read","data_room"],list:()=>a`<orderly-orders></orderly-orders>`,details:{order:r=>a`<orderly-order order-id=${r} back></orderly-order>`}},{name:"shipments",needs:["shipments:read","data_room"],list:()=>a`<orderly-shipments></orderly-shipments>`,details:{shipment:(r,i)=>a`<orderly-tracking shipment-id=${r} .fromOrder=${i==="orders"} back></orderly-tracking>`}},{name:"requests",needs:["actions:read","action_requests"],list:()=>a`<orderly-requests></orderly-requests>`},{name:"connect",needs:["bridges:read","bridges"],list:()=>a`<orderly-bridges></orderly-bridges>`},{name:"alerts",needs:["alerts:read","smart_alerts"],list:()=>a`<orderly-alerts></orderly-alerts>`},{name:"webhooks",needs:["webhooks:read","end_user_webhooks"],list:()=>a`<orderly-webhooks></orderly-webhooks>`},{name:"trackingPages",needs:["tracking:read","branded_tracking"],list:()=>a`<orderly-tracking-pages></orderly-tracking-pages>`},{name:"insights",needs:["orders:read","data_room"],list:()=>a`<orderly-insights></orderly-insights>`}],St,ve,$e,Zt,gt,Hn,zn,jn,Ke,Rs,It,Lt=class extends D{constructor(){super(...arguments);y(this,gt);this.needs=["",[]];this.place={view:"",id:null};y(this,St,0);y(this,ve);y(this,$e,null);y(this,Zt,[]);y(this,Ke,t=>{let{view:e,id:s}=t.detail;if(Dn.some(n=>n.name===e||Object.hasOwn(n.details??{},e)))if(t.preventDefault(),s===null&&x(this,St)>0)history.back();else{let n=t.composedPath()[0].shadowRoot.activeElement,o=x(this,St);p(this,gt,Rs).call(this,{view:e,id:s,from:s===null?void 0:x(this,ve)}),n&&(x(this,Zt)[o]=n)}});y(this,It,()=>{let[,t="",e=null]=location.hash.split("/");L(this,St,Number(history.state?.orderly??0)),this.place={view:t,id:e,from:history.state?.from}})}get isAllowed(){return!0}connectedCallback(){super.connectedCallback(),this.addEventListener("orderly-navigate",x(this,Ke)),window.addEventListener("popstate",x(this,It)),x(this,It).call(this)}disconnectedCallback(){super.disconnectedCallback(),window.removeEventListener("popstate",x(this,It))}begin(){}updated(){let t=this.renderRoot.querySelector("nav .wrap");t&&x(this,$e)!==this.place.view&&On(t),L(this,$e,t?this.place.view:null);let e=x(this,Zt)[x(this,St)];e&&(x(this,Zt).length=x(this,St),(e.isConnected?e:t?.querySelector("[aria-current]"))?.focus())}view(){let{info:t}=this.session;if(!t)return a`<div class="wrap" role="status"><span class="hidden">${this.texts.states.loading}</span></div>`;let e=Dn.filter(u=>this.session.allows(...u.needs)),s=e.find(u=>p(this,gt,zn).call(this,u))??e[0];L(this,ve,s?.name);let{view:n,id:o,from:d}=this.place,c=o===null?void 0:e.find(u=>u.details?.[n])?.details[n](o,d);return a`${p(this,gt,Hn).call(this)}
      <nav aria-label=${this.texts.navigation.label}>
        <div class="wrap">
          ${e.map(u=>a`<a
              href=${`#/${u.name}`}
              aria-current=${u===s?"page":l}
              @click=${m=>p(this,gt,jn).call(this,m,u.name)}
              >${this.texts.navigation[u.name]}</a
            >`)}
        </div>
      </nav>
      <div class="wrap content">
        ${s?a`<div ?hidden=${c!==void 0}>${s.list()}</div>`:l}${c??l}
      </div>`}};St=new WeakMap,ve=new WeakMap,$e=new WeakMap,Zt=new WeakMap,gt=new WeakSet,Hn=function(){let{branding:t}=this.session.info.organization,e=typeof t.company_name=="string"?t.company_name:"",s=typeof t.logo_url=="string"&&t.logo_url.startsWith("https://")?t.logo_url:"",{name:n,externalId:o}=this.session.info.endUser;return a`<div class="band" part="header">
      <div class="wrap">
        ${s?a`<img src=${s} alt="" referrerpolicy="no-referrer" @error=${c=>c.target.remove()} />`:l}
        <h1 class="company">${e||(n??o)}</h1>
        <span class="merchant">${e?n??o:l}</span>
        <orderly-notifications></orderly-notifications>
      </div>
    </div>`},zn=function(t){let{view:e,from:s}=this.place;return s?s===t.name:e===t.name||Object.hasOwn(t.details??{},e)},jn=function(t,e){t.preventDefault(),p(this,gt,Rs).call(this,{view:e,id:null})},Ke=new WeakMap,Rs=function(t){history.pushState({orderly:x(this,St)+1,from:t.from},"",t.id===null?`#/${t.view}`:`#/${t.view}/${t.id}`),x(this,It).call(this)},It=new WeakMap,Lt.styles=[A,ni,k`
      :host {
        min-block-size: 100%;
        background: var(--o-page);
      }
      .band {
        background: var(--o-band);
        color: var(--o-on-band);
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
    `],h([f()],Lt.prototype,"place",2),Lt=h([R("orderly-portal")],Lt);var fo=["pending","approved","denied","cancelled","expired"],K,Ss,Fn,Ln,In,Un,Bn,wt=class extends G{constructor(){super(...arguments);y(this,K);this.needs=["actions:read","action_requests"];this.opened=null;this.sure=!1;this.action=new O(this,["actions:write","action_requests"]);this.request=new q(this,(t,e)=>t.embed.actionRequests.get(this.opened,{},e))}begin(){this.opened?this.request.asked||this.request.load():super.begin()}read(t,e,s){return t.embed.actionRequests.list(e,s)}view(){if(this.opened)return p(this,K,In).call(this);let t=this.texts.requests;return a`<section class="stack">
      <div class="head"><h2>${t.title}</h2></div>
      <div class="others unfolded alone">
        ${this.selectField("status",this.texts.list.status,fo.map(e=>[e,B(e,this.texts)]))}
      </div>
      ${this.list()}
    </section>`}head(){let t=this.texts.requests;return a`<tr role="row">
      <th role="columnheader">${t.request}</th>
      <th role="columnheader">${t.type}</th>
      <th role="columnheader">${this.texts.list.status}</th>
      <th role="columnheader">${t.asked}</th>
    </tr>`}row(t){return a`<tr role="row" class="open" @click=${()=>p(this,K,Fn).call(this,t.id)}>
      <td role="cell" class="first">
        <button class="link" type="button" id=${`r-${t.id}`}>${t.title}</button>
      </td>
      <td role="cell" class="muted wide">${this.texts.requests.types[t.action_type]??t.action_type}</td>
      <td role="cell" class="second">
        ${C(t.status,this.texts)} ${t.application?p(this,K,Ss).call(this,t.application.status):l}
      </td>
      <td role="cell" class="muted nowrap date">${this.format.dateTime(t.created_at)}</td>
    </tr>`}empty(){return T("inbox",this.texts.requests.empty,this.texts.requests.emptyHint,l,"status")}csv(){return{name:"requests.csv",rows:[]}}};K=new WeakSet,Ss=function(t){return C(t,this.texts,this.texts.requests.applications[t])},Fn=function(t){this.opened=t,this.sure=!1,this.action.clear(),this.request.clear(),this.request.load()},Ln=function(){let t=this.opened;this.opened=null,this.page.asked||Ms(wt.prototype,this,"begin").call(this),this.updateComplete.then(()=>this.renderRoot.querySelector(`#r-${t}`)?.focus())},In=function(){let t=this.texts.requests,e=this.request.answer?.data,s=a`<button class="button quiet icon" type="button" aria-label=${this.texts.actions.back} @click=${p(this,K,Ln)}>
      ${$("back")}
    </button>`;if(!e){let d=this.request.error&&!this.request.loading?this.problem(this.request):z(4,this.texts);return a`<div class="stack"><div class="head">${s}</div><div class="card">${d}</div></div>`}let{application:n}=e,o=[[t.type,t.types[e.action_type]??e.action_type],[t.asked,this.format.dateTime(e.created_at)],[t.description,e.description],[t.changes,p(this,K,Bn).call(this,e)],[t.answer,e.resolution_note],[t.answered,e.resolved_at&&this.format.dateTime(e.resolved_at)],[t.expires,e.status==="pending"?this.format.dateTime(e.expires_at):null],[t.application,n?a`${p(this,K,Ss).call(this,n.status)} ${X(n.message_code,n.message,this,{own:n.message})}
            ${n.applied_at?a`<span class="muted">${this.format.dateTime(n.applied_at)}</span>`:l}`:null]];return a`<article class="stack">
      <div class="head">${s}<h2>${e.title}</h2>${C(e.status,this.texts)}</div>
      <section class="card">
        <dl class="pairs">
          ${o.map(([d,c])=>c?a`<div><dt>${d}</dt><dd>${c}</dd></div>`:l)}
        </dl>
        <div class="foot stack">
          ${j(this.action.error,this.texts)}
          <div class="row">
            <button class="button" type="button" @click=${()=>this.navigate("order",e.order_id)}>${t.openOrder}</button>
            ${e.status==="pending"&&this.action.isAllowed?p(this,K,Un).call(this,e.id):l}
          </div>
        </div>
      </section>
    </article>`},Un=function(t){let e=this.texts.requests,s=async()=>{let n=await this.action.run("cancel",o=>o.embed.actionRequests.cancel(t));this.sure=!1,n&&await Promise.all([this.request.load(),this.page.load()])};return this.sure?vt(this.texts,this.action.busy!==null,s,()=>this.sure=!1):a`<button class="button" type="button" @click=${()=>this.sure=!0}>${e.takeBack}</button>`},Bn=function(t){let e=Object.entries(t.requested_changes??{}).filter(([,o])=>o!==null&&o!==""),s={...this.texts.requests.address,until:this.texts.requests.holdUntil,reason:this.texts.requests.reason,note:this.texts.requests.note},n=(o,d)=>typeof d!="string"?JSON.stringify(d):o==="until"?this.format.date(d):o==="country"?this.format.country(d):d;return e.map(([o,d])=>`${s[o]??o}: ${n(o,d)}`).join(`
`)||null},wt.styles=[A,I,k`
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
    `],h([S({attribute:"request-id"})],wt.prototype,"opened",2),h([f()],wt.prototype,"sure",2),wt=h([R("orderly-requests")],wt);var go=["pending","label_created","picked_up","in_transit","out_for_delivery","available_for_pickup","delivered","attempt_failed","exception","returned","cancelled"],te,Wn,Vn,Qt=class extends G{constructor(){super(...arguments);y(this,te);this.needs=["shipments:read","data_room"];this.opened=null}read(t,e,s){return t.embed.shipments.list(e,s)}sent(t){return t}view(){if(this.opened)return a`<orderly-tracking shipment-id=${this.opened} back @orderly-navigate=${p(this,te,Vn)}></orderly-tracking>`;let t=this.texts.shipments;return a`<section class="stack">
      <div class="head"><h2>${t.title}</h2>${this.exportButton()}</div>
      ${this.toolbar(this.searchField(t.search),a`${this.selectField("status",this.texts.list.status,go.map(e=>[e,B(e,this.texts)]))}
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
    </tr>`}row(t){let e=this.texts.shipments,s=t.tracking_number??e.noNumber,n=this.session.has("tracking:read"),o=t.actual_delivery;return a`<tr role="row" class=${n?"open":""} @click=${()=>n&&p(this,te,Wn).call(this,t)}>
      <td role="cell" class="first">
        ${n?a`<button class="link code" type="button" id=${`s-${t.id}`}>${s}</button>`:a`<span class="code">${s}</span>`}
      </td>
      <td role="cell" class="wide">
        ${t.carrier_name??t.carrier??l}
        ${t.service?a`<span class="also">${t.service}</span>`:l}
      </td>
      <td role="cell" class="second">${C(t.status,this.texts)}</td>
      <td role="cell" class="nowrap muted skip">${this.format.date(t.ship_date)}</td>
      <td role="cell" class="nowrap muted">
        ${o?a`${e.delivered} ${this.format.date(o)}`:this.format.date(t.estimated_delivery)}
        ${Fe(t)?a`<span class="also">${C("late",this.texts)}</span>`:l}
      </td>
    </tr>`}empty(){return T("truck",this.texts.shipments.empty,this.texts.shipments.emptyHint,l,"status")}csv(t){let e=this.texts.shipments,s=[e.number,"ID",e.carrier,this.texts.tracking.service,this.texts.list.status,e.shipped,e.expected,e.delivered],n=t.map(o=>[o.tracking_number,o.external_id,o.carrier_name??o.carrier,o.service,o.status,o.ship_date,o.estimated_delivery,o.actual_delivery]);return{name:"shipments.csv",rows:[s,...n]}}};te=new WeakSet,Wn=function(t){getSelection()?.toString()||this.navigate("shipment",t.id)&&(this.opened=t.id)},Vn=function(t){if(t.detail.view!=="shipments")return;t.preventDefault(),t.stopPropagation();let e=this.opened;this.opened=null,this.updateComplete.then(()=>this.renderRoot.querySelector(`#s-${e}`)?.focus())},h([f()],Qt.prototype,"opened",2),Qt=h([R("orderly-shipments")],Qt);var at,Gn,Kn,Yn,Jn,Xn,Mt=class extends G{constructor(){super(...arguments);y(this,at);this.needs=["tracking:read","branded_tracking"];this.found=null;this.sure=null;this.action=new O(this,this.needs);this.finding=new O(this)}async read(t,e,s){let n=e;return await t.embed.trackingPages.list(n,s)}view(){let t=this.texts.trackingPages;return a`<section class="stack">
      <div class="head"><h2>${t.title}</h2></div>
      ${this.action.isAllowed&&this.session.allows("shipments:read","data_room")?p(this,at,Gn).call(this):l} ${this.list()}
    </section>`}head(){let t=this.texts.trackingPages;return a`<tr role="row">
      <th role="columnheader">${t.link}</th>
      <th role="columnheader">${this.texts.list.status}</th>
      <th role="columnheader">${t.views}</th>
      <th role="columnheader">${t.expires}</th>
      <th role="columnheader"><span class="hidden">${t.actions}</span></th>
    </tr>`}row(t){let e=Date.parse(t.expires_at)<=Date.now(),s=t.is_active?e?"expired":"active":"revoked";return a`<tr role="row">
      <td role="cell" class="first">
        ${/^https?:\/\//.test(t.url)?a`<a class="link code" href=${t.url} target="_blank" rel="noopener noreferrer">…/${t.token.slice(0,8)}</a>`:t.token}
      </td>
      <td role="cell" class="second">${C(s,this.texts)}</td>
      <td role="cell" class="number">
        ${this.format.plural(t.view_count,this.texts.trackingPages.viewed)}
        ${t.last_viewed_at?a`<span class="also">${this.format.dateTime(t.last_viewed_at)}</span>`:l}
      </td>
      <td role="cell" class="muted nowrap">${this.format.date(t.expires_at)}</td>
      <td role="cell" class="wide">${s==="active"?p(this,at,Kn).call(this,t):l}</td>
    </tr>`}empty(){return T("link",this.texts.trackingPages.empty,this.texts.trackingPages.emptyHint,l,"status")}csv(){return{name:"tracking-pages.csv",rows:[]}}};at=new WeakSet,Gn=function(){let t=this.texts.trackingPages;return a`<div class="card">
      <form @submit=${p(this,at,Yn)}>
        <label class="label" for="number">${t.make}</label>
        <div class="row">
          <input class="input" part="input" id="number" name="number" required maxlength="100" placeholder=${this.texts.shipments.search} />
          <button class="button" type="submit" aria-disabled=${this.finding.busy!==null}>${t.find}</button>
        </div>
        ${j(this.finding.error??this.action.error,this.texts)}
      </form>
      ${this.found?.length===0?a`<p class="found muted" role="status">${t.notFound}</p>`:l}
      ${this.found?.map(e=>a`<div class="found">
          <span class="code">${e.tracking_number??e.external_id}</span><span class="muted">${e.carrier_name??e.carrier}</span>
          ${C(e.status,this.texts)}
          <button class="button primary push" type="button" aria-disabled=${this.action.busy!==null} @click=${()=>p(this,at,Jn).call(this,e)}>
            ${t.create}
          </button>
        </div>`)}
    </div>`},Kn=function(t){let e=this.texts.trackingPages;return a`<span class="row">
      ${me(t.url,this.texts)}
      ${this.action.isAllowed?this.sure===t.id?vt(this.texts,this.action.busy!==null,()=>p(this,at,Xn).call(this,t.id),()=>this.sure=null):a`<button class="button" type="button" @click=${()=>this.sure=t.id}>${e.revoke}</button>`:l}
    </span>`},Yn=async function(t){let{text:e}=it(t),s=e("number");this.found=await this.finding.run("find",n=>n.embed.shipments.list({search:s,limit:5}))??null},Jn=async function(t){let e=await this.action.run("create",(s,n)=>s.embed.trackingPages.create({shipmentId:t.id},n));e&&(this.emit("orderly-tracking-page-created",{id:e.id,url:e.url,shipmentId:t.id}),this.found=null,await this.page.load(),await this.updateComplete,Gt(this.renderRoot.querySelector("tbody"))?.focus())},Xn=async function(t){await this.action.run("revoke",e=>e.embed.trackingPages.revoke(t)),this.sure=null,this.refresh()},Mt.styles=[A,I,st,k`
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
    `],h([f()],Mt.prototype,"found",2),h([f()],Mt.prototype,"sure",2),Mt=h([R("orderly-tracking-pages")],Mt);var P,Zn,Qn,tr,er,Es,sr,Ye,ir,nr,rr,or,ar,bt=class extends D{constructor(){super(...arguments);y(this,P);this.needs=["webhooks:read","end_user_webhooks"];this.editing=null;this.deliveries=null;this.sure=null;this.secret=null;this.tested=null;this.action=new O(this,["webhooks:write","end_user_webhooks"]);this.webhooks=new q(this,(t,e)=>t.embed.webhooks.list({},e));this.types=new q(this,(t,e)=>t.embed.webhooks.eventTypes({},e))}begin(){this.webhooks.asked||this.webhooks.load(),this.types.asked||this.types.load()}view(){let t=this.texts.webhooks;return a`<section class="stack">
      <div class="head">
        <h2>${t.title}</h2>
        ${this.action.isAllowed&&this.editing!=="new"?a`<button class="button primary push" type="button" @click=${()=>p(this,P,Ye).call(this,"new")}>${$("plus")}${t.add}</button>`:l}
      </div>
      ${this.editing==="new"?a`<div class="card">${p(this,P,Es).call(this,null)}</div>`:l} ${p(this,P,Zn).call(this)}
    </section>`}};P=new WeakSet,Zn=function(){let{answer:t,error:e,loading:s}=this.webhooks;if(e&&!s&&!t)return a`<div class="card">${this.problem(this.webhooks)}</div>`;if(!t)return a`<div class="card">${z(3,this.texts)}</div>`;if(!t.data.length&&this.editing!=="new"){let n=this.texts.webhooks;return a`<div class="card">${T("link",n.empty,n.emptyHint,l,"status")}</div>`}return a`${t.data.map(n=>p(this,P,Qn).call(this,n))}`},Qn=function(t){let e=this.texts.webhooks,{id:s}=t,n=t.is_active?t.consecutive_failures?"failing":"active":"disabled",o=t.events.map(d=>Tt(d,this.texts)).join(", ");return a`<article class="card" aria-label=${t.url}>
      <div class="webhook">
        <div class="row"><span class="url code">${t.url}</span><span class="push">${C(n,this.texts)}</span></div>
        ${t.description?a`<p>${t.description}</p>`:l}
        <p class="muted small">${o}</p>
        ${p(this,P,tr).call(this,t)}
        ${this.secret?.id===s?Le(this.secret.value,this.texts):l}
        ${this.tested?.id===s?p(this,P,sr).call(this,this.tested):l}
        ${j(this.action.errorOf(s),this.texts)}
        <div class="row">
          ${this.action.isAllowed?p(this,P,er).call(this,t):l}
          <button
            class="button quiet"
            type="button"
            aria-expanded=${this.deliveries===s}
            @click=${()=>this.deliveries=this.deliveries===s?null:s}
          >
            ${e.deliveries}
          </button>
        </div>
      </div>
      ${this.editing===s?p(this,P,Es).call(this,t):l}
      ${this.deliveries===s?a`<orderly-deliveries of="webhook" owner=${s}></orderly-deliveries>`:l}
    </article>`},tr=function(t){let e=this.texts.webhooks,s=[];if(t.disabled_reason&&s.push(v(e.why,{reason:X(t.disabled_reason_code,t.disabled_reason,this)})),t.consecutive_failures&&s.push(this.format.plural(t.consecutive_failures,e.failures)),t.pending_deliveries){let o=t.next_attempt_at?` ${v(e.nextAttempt,{time:this.format.dateTime(t.next_attempt_at)})}`:"";s.push(this.format.plural(t.pending_deliveries,e.waiting)+o)}let n=t.last_success_at?v(e.lastSuccess,{time:this.format.dateTime(t.last_success_at)}):e.neverDelivered;return a`${s.length?a`<div class="notice warn">${$("alert")}<div>${s.map(o=>a`<p>${o}</p>`)}</div></div>`:l}
      <p class="muted small">${n}</p>`},er=function(t){let{id:e}=t,s=this.texts.webhooks,n=this.action.busy!==null;return this.sure===e?vt(this.texts,n,()=>p(this,P,ar).call(this,e),()=>this.sure=null):a`<button class="button" type="button" aria-disabled=${n} @click=${()=>p(this,P,nr).call(this,e)}>
        ${this.action.busy===e?s.testing:s.test}
      </button>
      <button class="button" type="button" aria-disabled=${n} @click=${()=>p(this,P,Ye).call(this,e)}>${this.texts.actions.edit}</button>
      <button class="button" type="button" aria-disabled=${n} @click=${()=>p(this,P,rr).call(this,e,!t.is_active)}>
        ${t.is_active?s.switchOff:s.switchOn}
      </button>
      <button class="button" type="button" aria-disabled=${n} @click=${()=>p(this,P,or).call(this,e)}>${s.newSecret}</button>
      <button class="button danger" type="button" aria-disabled=${n} @click=${()=>this.sure=e}>${this.texts.actions.delete}</button>`},Es=function(t){let e=t?.id??"new",s=this.action.errorOf(`form ${e}`),n=this.texts.webhooks,o=this.types.answer?.data??[];return a`<form @submit=${d=>p(this,P,ir).call(this,d,t)}>
      ${V("url",n.url,t?.url,s,{type:"url",required:!0,placeholder:"https://",maxlength:2e3})}
      ${V("description",n.description,t?.description,s,{maxlength:200})}
      ${wi(o,t?.events??o,this.texts)} ${j(s,this.texts)}
      <div class="row">
        <button class="button primary" type="submit" aria-disabled=${this.action.busy!==null}>
          ${t?this.texts.actions.save:n.create}
        </button>
        <button class="button" type="button" @click=${()=>p(this,P,Ye).call(this,null)}>${this.texts.actions.cancel}</button>
      </div>
    </form>`},sr=function(t){let e=this.texts.webhooks,s=t.statusCode===null||t.statusCode===void 0?"":` (${t.statusCode})`;return t.success?a`<div class="notice good" role="status">${$("check")}<div>${e.testWorked}${s}</div></div>`:a`<div class="notice bad" role="alert">${$("alert")}<div>${e.testFailed}${s} ${t.error??""}</div></div>`},Ye=function(t){this.editing=this.editing===t?null:t,this.action.clear()},ir=async function(t,e){let{data:s,text:n}=it(t),o=s.getAll("events"),d={url:n("url"),description:n("description")||null,events:o},c=`form ${e?.id??"new"}`;if(e){if(!await this.action.run(c,m=>m.embed.webhooks.update(e.id,d)))return}else{let u=await this.action.run(c,(m,b)=>m.embed.webhooks.create(d,b));if(!u)return;"secret"in u&&(this.secret={id:u.id,value:u.secret}),this.emit("orderly-webhook-created",{id:u.id,url:u.url})}this.editing=null,await this.webhooks.load()},nr=async function(t){this.tested=null;let e=await this.action.run(t,s=>s.embed.webhooks.test(t));e&&(this.tested={id:t,...e}),await this.webhooks.load()},rr=async function(t,e){await this.action.run(t,s=>s.embed.webhooks.update(t,{isActive:e})),await this.webhooks.load()},or=async function(t){let e=await this.action.run(t,s=>s.embed.webhooks.rotateSecret(t));e&&(this.secret={id:t,value:e.secret})},ar=async function(t){await this.action.run(t,e=>e.embed.webhooks.delete(t)),this.sure=null,await this.webhooks.load()},bt.styles=[A,I,st,k`
      .webhook {
        display: grid;
        gap: 10px;
        padding: 16px;
      }
      .url {
        font-weight: 550;
      }
    `],h([f()],bt.prototype,"editing",2),h([f()],bt.prototype,"deliveries",2),h([f()],bt.prototype,"sure",2),h([f()],bt.prototype,"secret",2),h([f()],bt.prototype,"tested",2),bt=h([R("orderly-webhooks")],bt);var bo={label_created:0,picked_up:1,in_transit:1,exception:1,out_for_delivery:2,available_for_pickup:2,attempt_failed:2,delivered:3},xe,lt,lr,dr,cr,pr,ur,Et=class extends D{constructor(){super(...arguments);y(this,lt);this.needs=["tracking:read",["data_room","branded_tracking"]];this.shipmentId=null;this.back=!1;this.fromOrder=!1;this.tracking=new q(this,(t,e)=>t.embed.tracking.get(this.shipmentId,{},e));this.shipment=new q(this,(t,e)=>t.embed.shipments.get(this.shipmentId,{},e));y(this,xe,!1)}begin(){if(!this.shipmentId)return;this.tracking.asked||this.tracking.load();let{info:t}=this.session;t&&this.session.allows("shipments:read","data_room")&&!this.shipment.asked&&this.shipment.load()}willUpdate(t){!t.has("shipmentId")||!this.hasUpdated||(this.tracking.clear(),this.shipment.clear(),this.session&&this.sessionChanged())}updated(){let t=this.renderRoot.querySelector("h2");this.back&&t&&!x(this,xe)&&t.focus({preventScroll:!0}),L(this,xe,t!==null)}view(){if(!this.shipmentId)return l;let t=this.tracking.answer?.data,e=this.back?a`<button class="button quiet icon" type="button" aria-label=${this.texts.actions.back} @click=${()=>this.navigate("shipments")}>
          ${$("back")}
        </button>`:l;if(!t){let n=this.tracking.error&&!this.tracking.loading?this.problem(this.tracking):z(5,this.texts);return a`<div class="stack"><div class="head">${e}</div><div class="card">${n}</div></div>`}let s=t.tracking_number;return a`<article class="stack">
      <div class="head">
        ${e}
        <h2 tabindex="-1" class=${s?"code":""}>${s??this.texts.shipments.noNumber}</h2>
        ${s?me(s,this.texts):l} ${C(t.status,this.texts)}
        ${Fe(t)?C("late",this.texts):l} ${p(this,lt,lr).call(this)}
      </div>
      <section class="card pad stack">${p(this,lt,dr).call(this,t.status)}${p(this,lt,cr).call(this,t)}</section>
      <section class="card">
        <h3>${this.texts.tracking.history}</h3>
        ${p(this,lt,pr).call(this,t.checkpoints)}
      </section>
    </article>`}};xe=new WeakMap,lt=new WeakSet,lr=function(){let t=this.shipment.answer?.data.order_id;return!t||!this.session.has("orders:read")||this.fromOrder?l:a`<button class="button push" type="button" @click=${()=>this.navigate("order",t)}>${this.texts.tracking.order}</button>`},dr=function(t){let e=bo[t];if(e===void 0)return l;let{steps:s,progress:n}=this.texts.tracking,o=[s.label,s.moving,s.out,s.delivered],d=t==="exception"||t==="attempt_failed";return a`<ol class="steps" aria-label=${n}>
      ${o.map((c,u)=>{let m=u>e?"":u===e&&d?"done problem":"done",b=u===e&&u<3?B(t,this.texts):c;return a`<li class=${m} aria-current=${u===e?"step":l}>${b}</li>`})}
    </ol>`},cr=function(t){let e=this.texts.shipments,s=[[e.carrier,t.carrier_name??t.carrier],[this.texts.tracking.service,t.service],[e.shipped,this.format.date(t.ship_date)],t.actual_delivery?[e.delivered,this.format.dateTime(t.actual_delivery)]:[e.expected,this.format.date(t.estimated_delivery)]];return a`<dl class="facts">
      ${s.map(([n,o])=>o?a`<div><dt>${n}</dt><dd>${o}</dd></div>`:l)}
    </dl>`},pr=function(t){let e=t.toReversed().map(n=>{let o=[n.city,n.state,n.country&&this.format.country(n.country)].filter(Boolean).join(", "),d=[n.status_detail,n.location??o].filter(Boolean).join(" · ");return{title:B(n.status,this.texts),text:d||null,time:n.checkpoint_time}}),s=[...p(this,lt,ur).call(this),...e].sort((n,o)=>Date.parse(o.time)-Date.parse(n.time));return s.length?Ve(s,this.format):a`<p class="plain">${this.texts.tracking.noHistory}</p>`},ur=function(){let t=this.texts.tracking.signals;return(this.shipment.answer?.data.signals??[]).map(e=>{let s={day:this.format.date(e.estimated_delivery),before:this.format.date(e.previous_estimated_delivery),time:this.format.dateTime(e.last_checkpoint_at)},{title:n,text:o}=t[e.type];return{title:n,text:v(o,s),time:e.at,tone:e.type==="shipment.eta_changed"?"":"warn"}})},Et.styles=[A,I,Ge,k`
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
    `],h([S({attribute:"shipment-id"})],Et.prototype,"shipmentId",2),h([S({type:Boolean})],Et.prototype,"back",2),h([S({attribute:!1})],Et.prototype,"fromOrder",2),Et=h([R("orderly-tracking")],Et);export{k as a,a as b,l as c,ko as d,yt as e,R as f,S as g,f as h,v as i,tt as j,Qs as k,ti as l,A as m,I as n,ii as o,ni as p,ai as q,Wt as r,li as s,$ as t,T as u,ds as v,z as w,W as x,O as y,D as z,q as A,C as B,B as C,me as D,Tt as E,st as F,V as G,Ct as H,j as I,it as J,G as K,ut as L,rt as M,ht as N,Pt as O,jt as P,ft as Q,Ft as R,On as S,Lt as T,wt as U,Qt as V,Mt as W,bt as X,Et as Y};
