import{a as $t}from"./chunk-SULLH6G2.js";import{a as Wt,c as Bt}from"./chunk-SEWLZN2S.js";import{A as Fe,B as Kt,C as q,D as ze,E as O,F as V,G as Gt,L as Vt,M as Ct,a as k,b as r,c as p,d as It,e as v,f,g as b,h as _,l as Ht,m as Nt,n as Ut,o as ve,p as Ft,q as T,r as D,s as I,t as zt,u as K,v as Ne,w as S,x as G,y as ie,z as Ue}from"./chunk-5STWRZZY.js";import{a as d,b as o,c as m,d as z,e as c}from"./chunk-TMRNBLX7.js";var xt="/api/v1/embed",si={id:"",externalId:"",name:null,email:null};function Jt(a){return async(u,e)=>{let t=new URL(String(u)),s=Xt(t);return s==="/session"?wt(Qt(a(),si,[])):(s.startsWith("/~/")&&Zt(t,`/api/v1${s.slice(2)}`),fetch(t,{...e,keepalive:e?.method==="PATCH"}))}}var ii=[[/^\/(orders|shipments|tracking-pages)(\/[^/]+)?$/,"/api/v1/$1$2"],[/^\/tracking\/([^/]+)$/,"/api/v1/shipments/$1"],[/^\/(webhooks|webhooks\/[^/]+\/(deliveries|replay)|webhooks\/[^/]+\/deliveries\/[^/]+\/retry)$/,"/api/v1/$1"],[/^\/alerts\/notifications$/,"/api/v1/notifications"],[/^\/alerts\/rules$/,"/api/v1/alert-rules"],[/^\/(bridges|bridges\/[^/]+\/runs)$/,"/api/v1/$1"]];function Yt(a,u){return async(e,t)=>{let s=new URL(String(e)),i=Xt(s);if(i==="/session")return wt(Qt(a,u,ri));let[n,h]=ii.find(([g])=>g.test(i))??[];return n?(Zt(s,i.replace(n,h)),(t?.method??"GET")==="GET"&&s.searchParams.set("end_user_id",u.id),fetch(s,t)):wt({code:"not_found",message:"The console does not show this."},404)}}var ri=["bridges:read","orders:read","shipments:read","tracking:read","alerts:read","webhooks:read"],oi=["bridges","data_room","smart_alerts","end_user_webhooks","branded_tracking"];function Qt(a,u,e){return{sessionId:"",expiresAt:a.expiresAt,scopes:e,enabledFeatures:oi,allowedBridgeTypes:[],endUser:u,organization:{slug:a.slug,branding:{}}}}function Xt(a){return a.pathname.slice(a.pathname.indexOf(xt)+xt.length)}function Zt(a,u){a.pathname=a.pathname.slice(0,a.pathname.indexOf(xt))+u}function wt(a,u=200){let e=u<400?{data:a}:{error:a};return new Response(JSON.stringify(e),{status:u,headers:{"Content-Type":"application/json"}})}var Ke=class extends EventTarget{constructor(e){super();this.pending=new Map;this.#t=new Map;this.#e=e}#e;#t;decide(e){this.pending.get(e.id)?.state!=="sending"&&(this.#i(e.id),this.pending.delete(e.id),this.pending.set(e.id,{...e,state:"waiting",secondsLeft:5e3/1e3,error:null}),this.#t.set(e.id,setInterval(()=>this.#n(e.id),1e3)),this.#s())}undo(e){let t=[...this.pending.values()].filter(({state:i})=>i==="waiting"),s=e?t.find(i=>i.id===e):t.at(-1);return s?(this.#r(s.id),s):null}dismiss(e){this.pending.get(e)?.state==="failed"&&this.#r(e)}async flush(){await Promise.all([...this.pending.values()].filter(({state:e})=>e==="waiting").map(({id:e})=>this.#o(e)))}#n(e){let t=this.pending.get(e);if(!t)return this.#i(e);t.secondsLeft-=1,t.secondsLeft<=0?this.#o(e):this.#s()}async#o(e){let t=this.pending.get(e);this.#i(e),t.state="sending",this.#s();let{status:s,note:i,application:n}=t,h={status:s,...i?{resolutionNote:i}:{},...n?{application:n}:{}},{error:g}=await this.#e.call(x=>x.embed.request("PATCH",`/action-requests/${e}/resolve`,{body:h}));if(g){t.state="failed",t.error=g,this.#s();return}this.#r(e),this.dispatchEvent(new CustomEvent("sent",{detail:t}))}#r(e){this.#i(e),this.pending.delete(e),this.#s()}#i(e){clearInterval(this.#t.get(e)),this.#t.delete(e)}#s(){this.dispatchEvent(new Event("change"))}};var kt="orderly-console";function ts(){try{let a=JSON.parse(sessionStorage.getItem(kt)??"null");return a&&Date.parse(a.expiresAt)>Date.now()?a:null}catch{return null}}function Ge(a){a?sessionStorage.setItem(kt,JSON.stringify(a)):sessionStorage.removeItem(kt)}async function ss(a,u,e){let t=await Tt(a,"POST","/api/v1/console/sessions",u,{name:e});if(t.error)return t;let{token:s,id:i,expires_at:n,scopes:h}=t.data,g=await Tt(a,"GET","/api/v1/embed/config/me",s),{slug:x,branding:F}=g.data??{slug:"",branding:{}};return{data:{token:s,id:i,name:e,expiresAt:n,scopes:h??[],slug:x,branding:F},error:null}}async function is(a,u){Ge(null),await Tt(a,"DELETE",`/api/v1/console/sessions/${u.id}`,u.token)}async function Tt(a,u,e,t,s){try{let i=await fetch(a+e,{method:u,headers:{Authorization:`Bearer ${t}`,...s?{"Content-Type":"application/json"}:{}},body:s&&JSON.stringify(s),credentials:"omit",keepalive:!0}),n=await i.json().catch(()=>null);return i.ok?{data:n?.data??n,error:null}:{data:null,error:es(i.status,n?.error)}}catch(i){return{data:null,error:es(0,{code:"NETWORK_ERROR",message:String(i)})}}}function es(a,u){let{code:e="UNREADABLE_ANSWER",message:t="",details:s=[]}=u??{};return{code:e,message:t,status:a,details:s,requestId:null,retryAfter:null}}function be(a){let[u="",e=""]=a.replace(/^#\/?/,"").split("?");return{path:u.split("/").filter(Boolean).map(ni),query:new URLSearchParams(e)}}function $(...a){return`#/${a.map(encodeURIComponent).join("/")}`}function rs(a){let u=Object.entries(a).filter(t=>!!t[1]),e=u.length?`?${new URLSearchParams(u)}`:"";history.replaceState(history.state,"",`${location.hash.split("?")[0]||"#/"}${e}`)}function ye(a){location.hash=a}function ni(a){try{return decodeURIComponent(a)}catch{return a}}var w=class extends Ne{constructor(){super(...arguments);this.needs=["",[]]}get isAllowed(){return!0}},Y=class extends Gt{constructor(){super(...arguments);this.needs=["",[]];this.address="";this.#e=null}get isAllowed(){return!0}willUpdate(e){super.willUpdate(e),e.has("address")&&this.address!==this.#e&&this.#t()}#e;#t(){let{cursors:e,...t}=Object.fromEntries(new URLSearchParams(this.address));this.filters=t,this.cursors=e?e.split(","):[],this.#e=this.address,this.page.asked&&this.page.load()}placed(){rs({...this.filters,cursors:this.cursors.join(",")}),this.#e=be(location.hash).query.toString()}async read(e,t,s){return await e.embed.request("GET",this.path,{query:t,...s})}csv(){return{name:"",rows:[]}}};d([f()],Y.prototype,"address",2);function N(...a){let u=e=>typeof e=="string"?e:r`<span class="hidden">${e.hidden}</span>`;return r`<tr role="row">${a.map(e=>r`<th role="columnheader">${u(e)}</th>`)}</tr>`}var y=[Ht,Nt,Kt,k`
    a.link,
    td a {
      color: var(--o-accent);
      font-weight: 550;
      text-decoration: none;
    }
    td a:hover,
    a.link:hover {
      text-decoration: underline;
      text-underline-offset: 0.2em;
    }
    kbd {
      padding: 0 5px;
      border: 1px solid var(--o-line);
      border-block-end-width: 2px;
      border-radius: 4px;
      background: var(--o-page);
      color: var(--o-muted);
      font: 500 0.857em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
    }
    .pairs {
      display: grid;
      gap: 8px 16px;
      align-content: start;
      grid-template-columns: minmax(110px, max-content) minmax(0, 1fr);
    }
    .pairs dt {
      color: var(--o-muted);
    }
    .lines {
      white-space: pre-line;
    }
    @container (max-width: 420px) {
      .pairs {
        grid-template-columns: 1fr;
        gap: 0;
      }
      .pairs dd {
        margin-block-end: 8px;
      }
    }
  `];var os={de:async()=>(await import("./de-AV4RMMQ7.js")).de},l=$t;async function ns(a){let e=a.map(s=>s.toLowerCase().split("-")[0]).find(s=>s==="en"||Object.hasOwn(os,s))??"en",t=await os[e]?.().catch(()=>null);return l=t??$t,t?e:"en"}var ai=["embed:manage","bridges:sync","keys:manage"],P,as,ls,Rt,ds,cs,Ve,Ce,ps,ms,Q=class extends w{constructor(){super(...arguments);m(this,P);this.adding=!1;this.sure=null;this.created=null;this.action=new K(this);this.keys=new S(this,(e,t)=>e.embed.request("GET",`${"/~"}/api-keys`,t));this.operators=new S(this,(e,t)=>e.embed.request("GET",`${"/~"}/console/sessions`,t));m(this,Ve,async()=>{this.adding=!0,this.created=null,this.action.clear(),await this.updateComplete,this.renderRoot.querySelector("[name=name]").focus()});m(this,Ce,async e=>{let{data:t,text:s}=V(e),i=s("expires"),n=t.getAll("scopes"),h={name:s("name"),scopes:n,...i?{expiresAt:new Date(`${i}T23:59:59`).toISOString()}:{}},g=await this.action.run("create",(x,F)=>x.embed.request("POST",`${"/~"}/api-keys`,{body:h,...F}));g&&(this.created=g,this.adding=!1,await this.keys.load())})}begin(){this.keys.asked||this.keys.load(),this.operators.asked||this.operators.load()}view(){let e=l.access;return r`<div class="stack">
      <div class="head">
        <h2>${e.keys}</h2>
        <button class="button primary push" type="button" ?hidden=${this.adding} @click=${o(this,Ve)}>${T("plus")}${e.add}</button>
      </div>
      ${this.created?c(this,P,ds).call(this,this.created):p} ${this.adding?c(this,P,cs).call(this):p}
      ${this.adding?p:O(this.action.error,this.texts)}
      <div class="card scroll cards">${c(this,P,as).call(this)}</div>
      <div class="head"><h2>${e.operators}</h2></div>
      <div class="card scroll cards">${c(this,P,ls).call(this)}</div>
    </div>`}};P=new WeakSet,as=function(){let e=l.access,t=this.keys.answer?.data;return t?r`<table role="table">
      <thead role="rowgroup">${N(e.name,e.scopes,e.used,e.expires,{hidden:l.actions})}</thead>
      <tbody role="rowgroup">
        ${t.map(s=>r`<tr role="row">
            <td role="cell" class="first">${s.name}<span class="also code">${s.prefix}…</span></td>
            <td role="cell" class="wide">${s.scopes.map(i=>e.scopeNames[i]??i).join(", ")}</td>
            <td role="cell" class="muted wide">${s.last_used_at?this.format.dateTime(s.last_used_at):e.never}</td>
            <td role="cell" class="muted wide">${s.expires_at?this.format.dateTime(s.expires_at):e.no}</td>
            <td role="cell" class="second end">${c(this,P,Rt).call(this,s.id,e.revoke,()=>c(this,P,ps).call(this,s.id))}</td>
          </tr>`)}
      </tbody>
    </table>`:this.keys.error&&!this.keys.loading?this.problem(this.keys):I(3,this.texts)},ls=function(){let e=l.access,t=this.operators.answer?.data;return t?t.length?r`<table role="table">
      <thead role="rowgroup">${N(e.operator,e.begun,e.until,{hidden:l.actions})}</thead>
      <tbody role="rowgroup">
        ${t.map(s=>r`<tr role="row">
            <td role="cell" class="first">${s.name} ${s.id===this.operator.id?r`<span class="badge">${e.you}</span>`:p}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.created_at)}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.expires_at)}</td>
            <td role="cell" class="second end">
              ${s.id===this.operator.id?p:c(this,P,Rt).call(this,s.id,e.end,()=>c(this,P,ms).call(this,s.id))}
            </td>
          </tr>`)}
      </tbody>
    </table>`:D("lock",e.noOperators,p,p,"status"):this.operators.error&&!this.operators.loading?this.problem(this.operators):I(2,this.texts)},Rt=function(e,t,s){let i=this.sure===e;return r`<button
      class="link"
      type="button"
      ?disabled=${this.action.busy!==null}
      @click=${()=>i?s():this.sure=e}
      @blur=${()=>this.sure=null}
    >
      ${i?this.texts.actions.sure:t}
    </button>`},ds=function(e){return r`<div class="notice good" role="status">
      ${T("lock")}
      <div class="stack">
        <p><strong>${e.name}</strong>: ${l.access.once}</p>
        <div class="secret"><code class="code">${e.key}</code>${Ue(e.key,this.texts)}</div>
      </div>
    </div>`},cs=function(){let e=l.access,t=this.action.error,s=ai.filter(i=>!this.operator.scopes.length||this.operator.scopes.includes(i));return r`<form class="card" @submit=${o(this,Ce)}>
      ${O(t,this.texts)} ${q("name",e.name,"",t,{required:!0,maxlength:100})}
      <fieldset>
        <legend>${e.scopes}</legend>
        ${s.map(i=>r`<label class="check">
            <input type="checkbox" name="scopes" value=${i} /><span>${e.scopeNames[i]} <span class="hint code">${i}</span></span>
          </label>`)}
      </fieldset>
      ${q("expires",e.expires,"",t,{type:"date"})}
      <div class="row">
        <button class="button primary" type="submit" ?disabled=${this.action.busy!==null}>${e.create}</button>
        <button class="button" type="button" @click=${()=>this.adding=!1}>${this.texts.actions.cancel}</button>
      </div>
    </form>`},Ve=new WeakMap,Ce=new WeakMap,ps=async function(e){this.sure=null,await this.action.run(e,t=>t.embed.request("DELETE",`${"/~"}/api-keys/${e}`))&&await this.keys.load()},ms=async function(e){this.sure=null,await this.action.run(e,s=>s.embed.request("DELETE",`${"/~"}/console/sessions/${e}`))&&await this.operators.load()},Q.styles=[y],d([f({attribute:!1})],Q.prototype,"operator",2),d([b()],Q.prototype,"adding",2),d([b()],Q.prototype,"sure",2),d([b()],Q.prototype,"created",2),Q=d([v("console-access")],Q);var We,us,Be,re=class extends Y{constructor(){super(...arguments);m(this,We);this.merchant="";this.shown=null;this.path="/events";m(this,Be,e=>{this.filter({event_type:V(e).text("event_type")})})}read(e,t,s){return super.read(e,this.merchant?{...t,end_user_id:this.merchant}:t,s)}view(){let e=l.events;return r`<section class="stack">
      ${this.merchant?p:r`<div class="head"><h2>${e.title}</h2></div>`}
      <form role="search" @submit=${o(this,Be)}>
        <label class="field">
          <span>${e.type}</span>
          <input class="input" name="event_type" list="types" maxlength="100" placeholder=${e.typeHint} .value=${this.filters.event_type??""} />
          <datalist id="types">${Object.keys(this.texts.events).map(t=>r`<option value=${t}></option>`)}</datalist>
        </label>
        ${this.dayField("from")} ${this.dayField("to")}
        <div><button class="button" type="submit">${e.apply}</button></div>
      </form>
      ${this.list()}
    </section>`}head(){let e=l.events;return N(e.event,e.about,e.by,e.time)}row(e){let t=this.shown===e.id,s=Object.keys(e.metadata).length>0;return r`<tr role="row">
      <td role="cell" class="first">
        ${Fe(e.event_type,this.texts)} <span class="also code">${e.event_type}</span>
        ${s?r`<button class="link small" type="button" aria-expanded=${t} @click=${()=>this.shown=t?null:e.id}>
              ${l.events.details}
            </button>`:p}
        ${t?r`<pre>${JSON.stringify(e.metadata,null,2)}</pre>`:p}
      </td>
      <td role="cell" class="wide">${c(this,We,us).call(this,e)}</td>
      <td role="cell" class="muted wide">${li(e)}</td>
      <td role="cell" class="muted date">${this.format.dateTime(e.created_at)}</td>
    </tr>`}empty(){return D("inbox",l.events.empty,p,p,"status")}};We=new WeakSet,us=function(e){let t=r`<span class="also code">${e.resource_type} ${e.resource_id??p}</span>`;return e.end_user_id&&e.resource_id&&e.resource_type==="order"?r`<a href=${$("merchants",e.end_user_id,"orders",e.resource_id)}>${l.search.order}</a> ${t}`:e.end_user_id&&!this.merchant?r`<a href=${$("merchants",e.end_user_id)}>${l.search.merchant}</a> ${t}`:t},Be=new WeakMap,re.styles=[y,k`
      form {
        padding: 0;
        grid-template-columns: repeat(auto-fit, minmax(min(160px, 100%), 1fr));
        align-items: end;
      }
      pre {
        margin: 6px 0 0;
        padding: 8px 10px;
        border-radius: 6px;
        background: var(--o-quiet-tint);
        font-size: var(--o-small);
        white-space: pre-wrap;
      }
    `],d([f()],re.prototype,"merchant",2),d([b()],re.prototype,"shown",2),re=d([v("console-events")],re);function li(a){let{operator:u,actor_name:e}=a.metadata,t=u??e;return typeof t=="string"?t:a.ip_address??""}var hs="orderly-console-keys";function $e(){return sessionStorage.getItem(hs)!=="off"}function fs(a){sessionStorage.setItem(hs,a?"on":"off")}function Je(a){let u=a.composedPath()[0];return a.ctrlKey||a.metaKey||a.altKey||a.isComposing||a.defaultPrevented?!0:u instanceof Element&&u.matches("input:not([type=checkbox]), textarea, select, [contenteditable], dialog *, dialog")}var le,gs,vs,Ye,se=class extends w{constructor(){super(...arguments);m(this,le);this.merchant="";this.sure=!1;this.told="";this.action=new K(this);this.sessions=new S(this,(e,t)=>e.embed.request("GET",`/users/${this.merchant}/sessions`,t));m(this,Ye,async()=>{let e=await this.action.run("all",t=>t.embed.request("DELETE",`/users/${this.merchant}/sessions`));this.sure=!1,e&&(this.told=l.merchants.sessions.allEnded,await this.sessions.load())})}begin(){this.sessions.asked||this.sessions.load()}view(){let e=l.merchants.sessions,t=this.sessions.answer?.data;return r`<section class="stack">
      ${O(this.action.error,this.texts)}
      ${this.told?r`<div class="notice good" role="status">${this.told}</div>`:p}
      ${t?.length?r`<div class="row">
            ${this.sure?r`<button class="button danger" type="button" ?disabled=${this.action.busy!==null} @click=${o(this,Ye)}>${e.endAllSure}</button>
                  <button class="button" type="button" @click=${()=>this.sure=!1}>${this.texts.actions.cancel}</button>`:r`<button class="button danger" type="button" @click=${()=>this.sure=!0}>${e.endAll}</button>`}
          </div>`:p}
      <div class="card scroll cards">${c(this,le,gs).call(this,t)}</div>
    </section>`}};le=new WeakSet,gs=function(e){let t=l.merchants.sessions;return e?e.length?r`<table role="table">
      <thead role="rowgroup">${N(t.kind,t.begun,t.ends,{hidden:l.actions})}</thead>
      <tbody role="rowgroup">
        ${e.map(s=>r`<tr role="row">
            <td role="cell" class="first">${t.kinds[s.kind]??s.kind}<span class="also">${s.scopes.join(" ")}</span></td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.created_at)}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.expires_at)}</td>
            <td role="cell" class="second end">
              <button class="link" type="button" ?disabled=${this.action.busy!==null} @click=${()=>c(this,le,vs).call(this,s.id)}>${t.end}</button>
            </td>
          </tr>`)}
      </tbody>
    </table>`:D("lock",t.empty,t.emptyHint,p,"status"):this.sessions.error&&!this.sessions.loading?this.problem(this.sessions):I(3,this.texts)},vs=async function(e){await this.action.run(e,s=>s.embed.request("DELETE",`/sessions/${e}`))&&await this.sessions.load()},Ye=new WeakMap,se.styles=[y],d([f()],se.prototype,"merchant",2),d([b()],se.prototype,"sure",2),d([b()],se.prototype,"told",2),se=d([v("console-sessions")],se);var di=50,R,bs,ys,$s,Et,xs,ws,ks,Ts,oe=class extends Ne{constructor(){super(...arguments);m(this,R);this.needs=["orders:read","data_room"];this.merchant="";this.order="";this.action=new K(this);this.found=new S(this,(e,t)=>e.embed.orders.get(this.order,{},t));this.told=new S(this,(e,t)=>c(this,R,ys).call(this,e,t))}begin(){this.found.asked||c(this,R,bs).call(this)}view(){let e=l.why,t=this.found.answer?.data,s=t?t.order_number??t.external_id:"";return r`<section class="stack">
      <div class="head">
        <a class="button quiet icon" href=${$("merchants",this.merchant,"orders",this.order)} aria-label=${this.texts.actions.back}>${T("back")}</a>
        <h2>${e.title}</h2>
      </div>
      ${t?c(this,R,$s).call(this,t,s):c(this,R,Et).call(this,this.found)}
    </section>`}};R=new WeakSet,bs=async function(){await this.found.load(),this.found.answer&&await this.told.load()},ys=async function(e,t){let s=await e.embed.webhooks.list({},t);if(s.error)return s;let{order_number:i}=this.found.answer.data,n={order_number:i??this.found.answer.data.external_id,limit:di},h=await Promise.all(s.data.map(({id:F})=>e.embed.webhooks.deliveries(F,n,t))),g=h.find(({error:F})=>F);return g?.error?{data:null,error:g.error}:{data:s.data.map((F,He)=>{let{data:ei,pagination:ti}=h[He];return{webhook:F,deliveries:ei,partial:ti?.hasMore??!1}}),error:null}},$s=function(e,t){let s=l.why,i=this.told.answer?.data,n=e.activities.map(({title:h,description:g,timestamp:x,from:F,to:He})=>({title:h,text:F&&He?_(this.texts.order.changed,{from:F,to:He}):g,time:x}));return r`<p class="muted">${_(s.hint,{number:t})}</p>
      ${i?c(this,R,xs).call(this,i):p} ${O(this.action.error,this.texts)}
      <div class="columns">
        <div class="stack">${i?i.map(h=>c(this,R,ws).call(this,h)):c(this,R,Et).call(this,this.told)}</div>
        <section class="card">
          <h3>${this.texts.order.timeline}</h3>
          ${n.length?Vt(n,this.format):r`<p class="pad muted">${s.noEvents}</p>`}
        </section>
      </div>`},Et=function(e){return r`<div class="card">${e.error&&!e.loading?this.problem(e):I(5,this.texts)}</div>`},xs=function(e){let t=l.why.verdicts,s=e.flatMap(({deliveries:h})=>ci(h)),i=h=>s.filter(g=>g.status===h).length,n=["failed","pending","skipped"].filter(h=>i(h)>0);if(n.length){let h=n.map(g=>this.format.plural(i(g),t[g]));return r`<div class="notice ${n[0]==="failed"?"bad":"warn"}" role="status">${T("alert")}<div>${h.join(" ")}</div></div>`}return s.length?r`<div class="notice good" role="status">${T("check")}<div>${t.fine}</div></div>`:r`<div class="notice warn" role="status">${T("alert")}<div>${t.none}</div></div>`},ws=function({webhook:e,deliveries:t,partial:s}){let i=l.why,n=N(this.texts.webhooks.event,this.texts.list.status,i.answer,this.texts.webhooks.time);return r`<section class="card scroll cards told">
      <h3>
        ${e.description??e.url}
        ${e.is_active?p:G("disabled",this.texts)}
        ${e.disabled_reason?r`<span class="muted small">${e.disabled_reason}</span>`:p}
      </h3>
      ${t.length?r`<table role="table">
            <thead role="rowgroup">${n}</thead>
            <tbody role="rowgroup">${t.map(h=>c(this,R,ks).call(this,e,h))}</tbody>
          </table>`:r`<p class="pad muted">${i.noDeliveries}</p>`}
      ${s?r`<p class="pad muted">${i.partial}</p>`:p}
    </section>`},ks=function(e,t){let s=t.response_status??t.error_class??"",i=[t.error,t.response_snippet].filter(Boolean).join(`
`);return r`<tr role="row">
      <td role="cell" class="first">${Fe(t.event_type,this.texts)} <span class="also code">${t.event_type}</span></td>
      <td role="cell" class="second">${G(t.status,this.texts)}</td>
      <td role="cell" class="wide">
        ${s} ${i?r`<pre>${i}</pre>`:p}
        ${t.next_attempt_at?r`<span class="also">${_(this.texts.webhooks.nextAttempt,{time:this.format.dateTime(t.next_attempt_at)})}</span>`:p}
      </td>
      <td role="cell" class="muted wide">
        ${this.format.dateTime(t.created_at)} <span class="also">${_(l.why.attempt,{n:t.attempt})}</span>
        ${t.status==="succeeded"?p:r`<button class="link small" type="button" ?disabled=${this.action.busy!==null} @click=${()=>c(this,R,Ts).call(this,e.id,t)}>
              ${l.why.retry}
            </button>`}
      </td>
    </tr>`},Ts=async function(e,t){await this.action.run(t.id,i=>i.embed.webhooks.retryDelivery(e,t.delivery_id))&&await this.told.load()},oe.styles=[y,Ct,k`
      .columns {
        display: grid;
        gap: 16px;
        align-items: start;
        grid-template-columns: minmax(0, 2fr) minmax(260px, 1fr);
      }
      .told h3 {
        padding-block-end: 10px;
      }
      pre {
        margin: 6px 0 0;
        padding: 8px 10px;
        border-radius: 6px;
        background: var(--o-quiet-tint);
        font-size: var(--o-small);
        white-space: pre-wrap;
      }
      @container (max-width: 860px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `],d([f()],oe.prototype,"merchant",2),d([f()],oe.prototype,"order",2),oe=d([v("console-why")],oe);function ci(a){let u=new Map;for(let e of a){let t=u.get(e.delivery_id);(!t||t.created_at<e.created_at||t.status!=="succeeded"&&e.status==="succeeded")&&u.set(e.delivery_id,e)}return[...u.values()]}var Qe={orders:()=>r`<orderly-orders></orderly-orders>`,shipments:()=>r`<orderly-shipments></orderly-shipments>`,connections:()=>r`<orderly-bridges></orderly-bridges>`,webhooks:()=>r`<orderly-webhooks></orderly-webhooks>`,alerts:()=>r`<orderly-alerts></orderly-alerts>`,pages:()=>r`<orderly-tracking-pages></orderly-tracking-pages>`},Rs=["sessions","events"],pi={order:"orders",shipment:"shipments",connect:"connections",trackingPages:"pages"},we,de,L,xe,Es,_t,_s,Xe,Ze,Ss,W=class extends w{constructor(){super(...arguments);m(this,L);this.base="";this.portalUrl=null;this.opened=!1;this.action=new K(this);this.merchant=new S(this,(e,t)=>e.embed.request("GET",`/users/${encodeURIComponent(o(this,L,xe))}`,t));m(this,we,"");m(this,de,null);m(this,Xe,e=>{let{view:t,id:s}=e.detail,i=pi[t]??t;i in Qe&&(e.preventDefault(),ye($("merchants",o(this,L,xe),i,...s===null?[]:[s])))});m(this,Ze,async()=>{let e=window.open("about:blank","_blank"),t={externalId:this.merchant.answer.data.external_id,readOnly:!0},s=await this.action.run("view",i=>i.embed.request("POST","/sessions",{body:t}));this.portalUrl=s?.portalUrl??null,this.opened=!1,e&&s?(e.opener=null,e.location.replace(s.portalUrl),this.opened=!0):e?.close()})}begin(){o(this,we)!==o(this,L,xe)&&(z(this,we,o(this,L,xe)),this.merchant.clear(),this.portalUrl=null,this.opened=!1,z(this,de,null),this.merchant.load())}updated(e){e.has("place")&&this.session?.usable&&this.begin()}view(){let e=this.merchant.answer?.data;if(!e){let i=this.merchant.error&&!this.merchant.loading?this.problem(this.merchant):I(6,this.texts);return r`<div class="stack">${c(this,L,_t).call(this)}<div class="card">${i}</div></div>`}let t=o(this,L,Es),s=l.merchants.tabs;return r`<section class="stack">
      <div class="head">
        ${c(this,L,_t).call(this)}
        <h2>${e.name??e.external_id}</h2>
        <span class="muted"><span class="code">${e.external_id}</span> ${e.email??p}</span>
        <button class="button push" type="button" title=${l.merchants.viewHint} ?disabled=${this.action.busy!==null} @click=${o(this,Ze)}>
          ${l.merchants.view}
        </button>
      </div>
      ${O(this.action.error,this.texts)} ${c(this,L,Ss).call(this)}
      <nav class="tabs" aria-label=${e.name??e.external_id}>
        ${[...Object.keys(Qe),...Rs].map(i=>r`<a href=${$("merchants",e.id,i)} aria-current=${i===t?"page":p}>${s[i]}</a>`)}
      </nav>
      ${c(this,L,_s).call(this,e,t)}
    </section>`}};we=new WeakMap,de=new WeakMap,L=new WeakSet,xe=function(){return this.place.path[1]},Es=function(){let e=this.place.path[2]??"orders";return e==="why"?"orders":e in Qe||Rs.includes(e)?e:"orders"},_t=function(){return r`<a class="button quiet icon" href=${$("merchants")} aria-label=${this.texts.actions.back}>${T("back")}</a>`},_s=function(e,t){if(t==="sessions")return r`<console-sessions .merchant=${e.id}></console-sessions>`;if(t==="events")return r`<console-events .merchant=${e.id} .address=${this.place.query.toString()}></console-events>`;let{id:s,external_id:i,name:n,email:h}=e;o(this,de)??z(this,de,Yt(this.operator,{id:s,externalId:i,name:n,email:h}));let[,,g,x]=this.place.path;return r`<orderly-embed
      .baseUrl=${this.base}
      .sessionToken=${this.operator.token}
      .fetch=${o(this,de)}
      @orderly-navigate=${o(this,Xe)}
    >
      <div ?hidden=${x!==void 0}>${Qe[t]()}</div>
      ${g==="orders"&&x?r`<div class="stack">
            <div><a class="button" href=${$("merchants",s,"why",x)}>${l.why.link}</a></div>
            <orderly-order order-id=${x} back></orderly-order>
          </div>`:p}
      ${g==="shipments"&&x?r`<orderly-tracking shipment-id=${x} back></orderly-tracking>`:p}
      ${g==="why"&&x?r`<console-why .merchant=${s} order=${x}></console-why>`:p}
    </orderly-embed>`},Xe=new WeakMap,Ze=new WeakMap,Ss=function(){if(!this.portalUrl)return p;let e=l.merchants;return r`<div class="notice" role="status">
      <div>
        ${this.opened?e.opened:r`${e.blocked} <a class="link" href=${this.portalUrl} target="_blank" rel="noopener noreferrer">${e.open}</a>`}
        ${e.viewHint}
      </div>
    </div>`},W.styles=[y,k`
      .tabs {
        display: flex;
        gap: 2px;
        overflow-x: auto;
        scrollbar-width: none;
        border-block-end: 1px solid var(--o-line);
      }
      .tabs a {
        padding: 8px 12px;
        border-block-end: 2px solid transparent;
        color: var(--o-muted);
        font-weight: 550;
        text-decoration: none;
        white-space: nowrap;
      }
      .tabs a[aria-current] {
        border-color: var(--o-accent);
        color: var(--o-accent);
      }
      .tabs a:focus-visible {
        outline-offset: -2px;
      }
    `],d([f({attribute:!1})],W.prototype,"operator",2),d([f({attribute:!1})],W.prototype,"place",2),d([f()],W.prototype,"base",2),d([b()],W.prototype,"portalUrl",2),d([b()],W.prototype,"opened",2),W=d([v("console-merchant")],W);var ke=class extends Y{constructor(){super(...arguments);this.path="/users"}view(){return r`<section class="stack">
      <div class="head"><h2>${l.merchants.title}</h2></div>
      <div class="toolbar">${this.searchField(l.merchants.search)}</div>
      ${this.list()}
    </section>`}head(){let e=l.merchants;return N(e.merchant,e.id,e.email,e.connections,e.since)}row(e){return r`<tr role="row">
      <td role="cell" class="first"><a href=${$("merchants",e.id)}>${e.name??e.external_id}</a></td>
      <td role="cell" class="code wide">${e.external_id}</td>
      <td role="cell" class="wide">${e.email}</td>
      <td role="cell" class="number second">${this.format.number(e.bridge_count)}</td>
      <td role="cell" class="muted nowrap date">${this.format.date(e.created_at)}</td>
    </tr>`}empty(){return D("inbox",l.merchants.empty,l.merchants.emptyHint,p,"status")}};ke.styles=[y],ke=d([v("console-merchants")],ke);var B,Te,St,ce=class extends w{constructor(){super(...arguments);m(this,B);this.active=!1;this.counts=new S(this,(e,t)=>e.embed.request("GET",`${"/~"}/console/overview`,t))}begin(){this.counts.asked||this.counts.load()}willUpdate(e){e.has("active")&&this.active&&this.counts.answer&&this.counts.load()}view(){let e=l.overview,t=this.counts.answer?.data;if(!t){let s=this.counts.error&&!this.counts.loading?this.problem(this.counts):I(4,this.texts);return r`<section class="stack"><h2>${e.title}</h2><div class="card">${s}</div></section>`}return r`<section class="stack">
      <h2>${e.title}</h2>
      <div class="tiles">
        ${c(this,B,Te).call(this,e.requests,t.open_requests,$("queue"))}
        ${c(this,B,Te).call(this,e.exceptions,t.exceptions,null,!0)}
        ${c(this,B,Te).call(this,e.bridges,t.bridges_in_error,null,!0)}
        ${c(this,B,Te).call(this,e.webhooks,t.failing_webhooks,null,!0)}
      </div>
      <div class="two">${c(this,B,St).call(this,e.orders,t.orders)} ${c(this,B,St).call(this,e.shipments,t.shipments)}</div>
    </section>`}};B=new WeakSet,Te=function(e,t,s,i=!1){let n=r`<span class="muted">${e}</span><strong>${this.format.number(t)}</strong>`,h=i&&t>0?"bad":"";return s?r`<a class="card tile ${h}" href=${s}>${n}</a>`:r`<div class="card tile ${h}">${n}</div>`},St=function(e,t){let s=Object.entries(t).filter(([,i])=>i>0);return r`<section class="card">
      <h3>${e}</h3>
      <ul class="counts">
        ${s.map(([i,n])=>r`<li>${G(i,this.texts)}<span class="number">${this.format.number(n)}</span></li>`)}
        ${s.length?p:r`<li class="muted">${l.overview.none}</li>`}
      </ul>
    </section>`},ce.styles=[y,k`
      .tiles {
        display: grid;
        gap: 12px;
        grid-template-columns: repeat(auto-fit, minmax(min(160px, 100%), 1fr));
      }
      .tile {
        display: grid;
        gap: 2px;
        padding: 14px 16px;
        color: inherit;
        text-decoration: none;
      }
      a.tile:hover {
        background: var(--o-hover);
      }
      .tile strong {
        font-size: calc(var(--o-title) * 1.3);
        line-height: 1.2;
        font-weight: 650;
        font-variant-numeric: tabular-nums;
      }
      .tile.bad strong {
        color: var(--o-bad);
      }
      .two {
        grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr));
      }
      .counts {
        padding: 8px 16px 14px;
      }
      .counts li {
        display: flex;
        justify-content: space-between;
        gap: 12px;
        padding-block: 6px;
        border-block-end: 1px solid var(--o-line);
      }
      .counts li:last-child {
        border: 0;
      }
    `],d([f({type:Boolean})],ce.prototype,"active",2),ce=d([v("console-overview")],ce);var qt=["cancel","address_change","hold","release","expedite","note","other"],qs=["pending","confirmed","processing","partially_shipped","shipped","delivered"];function et(a){return a?.settings.actionPolicies??{}}function Os(a,u,e){if(!a)return"";let t=et(a)[u]??{},s=l.queue.policies,i=[t.autoApprove?s.auto:s.person];return t.enabled===!1&&i.push(s.off),t.windowMinutes&&i.push(_(s.window,{n:t.windowMinutes})),t.untilStatus&&i.push(_(s.until,{status:ie(t.untilStatus,e)})),i.join(" ")}var E,tt,Ps,js,Ls,As,st,it,Pt,rt,Ms,Z=class extends w{constructor(){super(...arguments);m(this,E);this.decided=null;this.policy="";this.open=!1;this.action=new K(this);m(this,st,async()=>{let e=`/action-requests/${this.row.id}/apply`;await this.action.run("retry",t=>t.embed.request("POST",e))&&c(this,E,Pt).call(this)});m(this,it,async()=>{let e=this.renderRoot.querySelector("[name=done]").value.trim(),t={status:"applied",...e?{message:e}:{}},s=`/action-requests/${this.row.id}/application`;await this.action.run("done",i=>i.embed.request("PATCH",s,{body:t}))&&c(this,E,Pt).call(this)});m(this,rt,e=>{if(e.key==="Enter"&&(e.ctrlKey||e.metaKey))this.decide("approved");else if(e.key==="Escape")this.focusHead();else return;e.preventDefault()})}begin(){}updated(e){let t=e.get("decided"),s=o(this,E,tt);t&&!this.decided&&s&&!s.value&&(s.value=t.note)}focusHead(){let e=this.renderRoot.querySelector(".line");e?.focus(),e?.scrollIntoView({block:"nearest"})}writeNote(){o(this,E,tt)?.focus()}decide(e){if(!o(this,E,Ps))return;let t=n=>this.renderRoot.querySelector(`[name=${n}]`)?.checked??!1,s=e==="approved"&&this.row.action_type==="cancel",i={id:this.row.id,title:this.row.title,status:e,note:o(this,E,tt)?.value.trim()??"",application:s?{refund:t("refund"),notifyCustomer:t("notify")}:null};this.dispatchEvent(new CustomEvent("request-decided",{detail:i}))}view(){let{row:e,decided:t}=this,s=e.end_users;return r`<div class=${t?"decided":""}>
      <button class="line" type="button" aria-expanded=${this.open} @click=${()=>this.dispatchEvent(new Event("request-toggled"))}>
        <span><strong>${e.title}</strong></span>
        <span class="muted who">${s?s.name??s.external_id:l.queue.deleted}</span>
        <span>${G(t?.status??e.status,this.texts)}</span>
        <span class="muted small nowrap date">${this.format.dateTime(e.created_at)}</span>
      </button>
      ${this.open?c(this,E,js).call(this):p}
    </div>`}};E=new WeakSet,tt=function(){return this.renderRoot.querySelector("textarea[name=note]")},Ps=function(){return this.row.status==="pending"&&!this.decided},js=function(){let{row:e}=this,t=l.queue,{order:s,end_users:i}=e,n=s?r`<a class="link" href=${$("merchants",e.end_user_id,"orders",s.id)}>${s.order_number??s.external_id}</a>
          ${G(s.status,this.texts)}`:t.deleted,h=[[t.order,n],[t.customer,s?.customer.name],[t.merchant,i&&r`<a class="link" href=${$("merchants",e.end_user_id)}>${i.name??i.external_id}</a>`],[t.reason,e.description&&Ot(e.description)],[t.changes,c(this,E,Ms).call(this)],[t.policy,this.policy],[t.asked,this.format.dateTime(e.created_at)],[t.expires,e.status==="pending"?this.format.dateTime(e.expires_at):null],[t.answer,e.resolution_note&&Ot(e.resolution_note)]];return r`<div class="body">
      <div class="columns">
        <dl class="pairs">${h.map(([g,x])=>x?r`<dt>${g}</dt><dd>${x}</dd>`:p)}</dl>
        ${e.status==="pending"?c(this,E,Ls).call(this):c(this,E,As).call(this)}
      </div>
    </div>`},Ls=function(){let e=l.queue,t=this.decided!==null;return r`<div class="stack">
      <label class="field">
        <span>${e.note}</span>
        <textarea class="input" name="note" maxlength="2000" ?disabled=${t} @keydown=${o(this,rt)}></textarea>
        <span class="hint">${e.noteHint}</span>
      </label>
      ${this.row.action_type==="cancel"?r`<label class="check"><input type="checkbox" name="refund" ?disabled=${t} /><span>${e.refund}</span></label>
            <label class="check"><input type="checkbox" name="notify" ?disabled=${t} /><span>${e.notify}</span></label>`:p}
      <div class="row">
        <button class="button primary" type="button" aria-keyshortcuts="a" ?disabled=${t} @click=${()=>this.decide("approved")}>
          ${e.approve}
        </button>
        <button class="button danger" type="button" aria-keyshortcuts="d" ?disabled=${t} @click=${()=>this.decide("denied")}>
          ${e.deny}
        </button>
      </div>
    </div>`},As=function(){let{row:e}=this,t=l.queue,s=e.application,i=this.action.busy!==null;return r`<div class="stack">
      ${e.resolved_at?r`<p class="muted">${_(t.decided,{who:e.resolved_by??"–",time:this.format.dateTime(e.resolved_at)})}</p>`:p}
      ${s?r`<div><span class="label">${t.application}</span> ${G(s.status,this.texts)}
            ${s.message?r`<p>${s.message}</p>`:p}</div>`:p}
      ${O(this.action.error,this.texts)}
      ${s?.status==="failed"||s?.status==="manual"?r`<label class="field"><span>${t.doneNote}</span><input class="input" name="done" maxlength="2000" /></label>
            <div class="row">
              <button class="button primary" type="button" ?disabled=${i} @click=${o(this,it)}>${t.markDone}</button>
              ${s.status==="failed"?r`<button class="button" type="button" ?disabled=${i} @click=${o(this,st)}>${t.retry}</button>`:p}
            </div>`:p}
    </div>`},st=new WeakMap,it=new WeakMap,Pt=function(){this.dispatchEvent(new Event("request-changed"))},rt=new WeakMap,Ms=function(){let e={...this.texts.requests.address,until:this.texts.requests.holdUntil},t=Object.entries(this.row.requested_changes??{}).filter(([,n])=>n!==null&&n!==""),s=n=>typeof n=="string"?n:JSON.stringify(n),i=t.map(([n,h])=>`${e[n]??n}: ${s(h)}`).join(`
`);return i?Ot(i):null},Z.styles=[y,k`
      :host {
        border-block-end: 1px solid var(--o-line);
      }
      .line {
        display: grid;
        grid-template-columns: minmax(0, 2fr) minmax(0, 1fr) auto auto;
        gap: 2px 16px;
        align-items: center;
        inline-size: 100%;
        padding: 11px 16px;
        border: 0;
        background: none;
        text-align: start;
        cursor: pointer;
      }
      .line:hover {
        background: var(--o-hover);
      }
      .line:focus-visible {
        outline-offset: -2px;
      }
      .line strong {
        font-weight: 600;
      }
      :host([open]) {
        box-shadow: inset 3px 0 0 var(--o-accent);
      }
      .decided .line,
      .decided .body {
        opacity: 0.55;
      }
      .body {
        display: grid;
        gap: 14px;
        padding: 4px 16px 16px;
      }
      .columns {
        display: grid;
        gap: 14px 32px;
        grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr));
      }
      textarea.input {
        min-block-size: 60px;
      }
      @container (max-width: 620px) {
        .line {
          grid-template-columns: minmax(0, 1fr) auto;
        }
        .line .date {
          display: none;
        }
        .line .who {
          grid-row: 2;
        }
      }
    `],d([f({attribute:!1})],Z.prototype,"row",2),d([f({attribute:!1})],Z.prototype,"decided",2),d([f({attribute:!1})],Z.prototype,"policy",2),d([f({type:Boolean,reflect:!0})],Z.prototype,"open",2),Z=d([v("console-request")],Z);function Ot(a){return r`<span class="lines">${a}</span>`}var mi=["approved","denied","cancelled","expired","all"],ui=3e4,Re,A,ot,Ds,jt,Lt,Ee,_e,Se,Is,ee=class extends Y{constructor(){super(...arguments);m(this,A);this.active=!1;this.selected=null;this.newer=!1;this.path="/action-requests/queue";m(this,Re);this.config=new S(this,(e,t)=>e.embed.request("GET","/config/me",t));m(this,Ee,e=>{if(!this.active||!this.rows.length||Je(e)||!$e())return;let t=this.rows.findIndex(({id:i})=>i===this.selected),s=c(this,A,Lt).call(this,this.selected);if(e.key==="j"||e.key==="k"){let i=this.rows[e.key==="j"?Math.min(t+1,this.rows.length-1):Math.max(t-1,0)];c(this,A,ot).call(this,i.id),c(this,A,jt).call(this,i.id)}else if(e.key==="a"&&s)s.decide("approved");else if(e.key==="d"&&s)s.decide("denied");else if(e.key==="n"&&s)s.writeNote();else return;e.preventDefault()});m(this,_e,()=>this.requestUpdate());m(this,Se,e=>{let{id:t,status:s}=e.detail,i=this.rows.find(n=>n.id===t);i&&(i.status=s),this.decisions.pending.size===0&&this.refresh()})}begin(){super.begin(),this.config.asked||this.config.load()}connectedCallback(){super.connectedCallback(),addEventListener("keydown",o(this,Ee)),this.decisions.addEventListener("change",o(this,_e)),this.decisions.addEventListener("sent",o(this,Se)),z(this,Re,setInterval(()=>{c(this,A,Is).call(this)},ui))}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("keydown",o(this,Ee)),this.decisions.removeEventListener("change",o(this,_e)),this.decisions.removeEventListener("sent",o(this,Se)),clearInterval(o(this,Re))}willUpdate(e){super.willUpdate(e),e.has("active")&&this.active&&this.page.answer&&this.refresh()}view(){let e=l.queue;return r`<section class="stack">
      <div class="head">
        <h2>${e.title}</h2>
        <span class="push muted small keys"><kbd>j</kbd> <kbd>k</kbd> <kbd>a</kbd> <kbd>d</kbd> <kbd>n</kbd> <kbd>u</kbd></span>
      </div>
      <div class="others unfolded">
        <label class="field">
          <span>${this.texts.list.status}</span>
          <select class="input" @change=${t=>this.filter({status:t.target.value})}>
            <option value="">${ie("pending",this.texts)}</option>
            ${mi.map(t=>r`<option value=${t} ?selected=${this.filters.status===t}>
                ${t==="all"?this.texts.list.all:ie(t,this.texts)}
              </option>`)}
          </select>
        </label>
      </div>
      ${this.newer?r`<div class="notice" role="status">
            <div>${e.new}</div>
            <button class="button" type="button" @click=${()=>this.refresh()}>${e.show}</button>
          </div>`:p}
      ${this.list()}
    </section>`}refresh(){this.newer=!1,super.refresh()}list(){let{answer:e,error:t,loading:s}=this.page;return t&&!s||!e||!this.rows.length?super.list():r`<ol class="card" aria-busy=${s}>
        ${this.rows.map(i=>this.row(i))}
      </ol>
      ${this.pager(e.pagination)}`}row(e){return r`<li>
      <console-request
        id=${`r-${e.id}`}
        .row=${e}
        .decided=${this.decisions.pending.get(e.id)??null}
        .policy=${Os(this.config.answer?.data,e.action_type,this.texts)}
        ?open=${e.id===this.selected}
        @request-toggled=${()=>c(this,A,ot).call(this,e.id===this.selected?null:e.id)}
        @request-decided=${t=>c(this,A,Ds).call(this,t.detail)}
        @request-changed=${()=>this.refresh()}
      ></console-request>
    </li>`}head(){return r``}empty(){return D("inbox",l.queue.empty,l.queue.emptyHint,p,"status")}};Re=new WeakMap,A=new WeakSet,ot=function(e){this.selected=e},Ds=function(e){this.decisions.decide(e);let t=this.rows.findIndex(({id:i})=>i===e.id),s=this.rows.slice(t+1).find(({id:i,status:n})=>n==="pending"&&!this.decisions.pending.has(i));c(this,A,ot).call(this,s?.id??null),c(this,A,jt).call(this,s?.id??e.id)},jt=async function(e){await this.updateComplete,c(this,A,Lt).call(this,e)?.focusHead()},Lt=function(e){return e?this.renderRoot.querySelector(`#r-${e}`):null},Ee=new WeakMap,_e=new WeakMap,Se=new WeakMap,Is=async function(){if(!this.active||document.hidden||this.cursors.length||this.filters.status||!this.page.answer)return;let e=new Set(this.rows.map(({id:i})=>i)),s=(await this.session.call(i=>i.embed.request("GET",this.path,{query:{limit:5}}))).data??[];this.newer=s.some(({id:i})=>!e.has(i))},ee.styles=[y,k`
      ol {
        display: grid;
      }
      .others {
        max-inline-size: 240px;
      }
    `],d([f({attribute:!1})],ee.prototype,"decisions",2),d([f({type:Boolean})],ee.prototype,"active",2),d([b()],ee.prototype,"selected",2),d([b()],ee.prototype,"newer",2),ee=d([v("console-queue")],ee);var qe,me,Hs,Ns,pe=class extends w{constructor(){super(...arguments);m(this,me);this.q="";m(this,qe,"");this.found=new S(this,(e,t)=>e.embed.request("GET",`${"/~"}/search`,{query:{q:this.q},...t}))}begin(){!this.q||o(this,qe)===this.q||(z(this,qe,this.q),this.found.clear(),this.found.load())}updated(e){e.has("q")&&this.session?.usable&&this.begin()}view(){let e=l.search,t=this.found.answer?.data,s=t?_(this.format.plural(t.length,e.found),{q:this.q}):e.title;return r`<section class="stack">
      <div class="head"><h2>${s}</h2></div>
      <div class="card scroll cards" aria-live="polite">${c(this,me,Hs).call(this,t)}</div>
    </section>`}};qe=new WeakMap,me=new WeakSet,Hs=function(e){let t=l.search;return this.q?e?e.length?r`<table role="table">
      <thead role="rowgroup">${N(t.title,this.texts.list.status,t.merchant,{hidden:l.actions})}</thead>
      <tbody role="rowgroup">${e.map(s=>c(this,me,Ns).call(this,s))}</tbody>
    </table>`:D("search",t.none,t.hint,p,"status"):this.found.error&&!this.found.loading?this.problem(this.found):I(3,this.texts):D("search",t.label,t.hint)},Ns=function(e){let t=l.search,s=e.type==="order",i=(s?e.order_number:e.tracking_number)??e.id,n=e.end_user;return r`<tr role="row">
      <td role="cell" class="first">
        <a href=${$("merchants",n.id,s?"orders":"shipments",e.id)}>${i}</a>
        <span class="also">${s?t.order:t.shipment}</span>
      </td>
      <td role="cell" class="second">${G(e.status,this.texts)}</td>
      <td role="cell" class="wide"><a href=${$("merchants",n.id)}>${n.name??n.external_id}</a></td>
      <td role="cell" class="wide">
        ${s?r`<a href=${$("merchants",n.id,"why",e.id)}>${l.why.link}</a>`:p}
      </td>
    </tr>`},pe.styles=[y],d([f()],pe.prototype,"q",2),pe=d([v("console-search")],pe);var hi=4.5,Us="#2f4b7c",fi=150,Fs=["company_name","primary_color","logo_url","support_email","support_url","support_phone"],Oe,C,zs,Ks,nt,Gs,At,at,lt,dt,U=class extends w{constructor(){super(...arguments);m(this,C);this.base="";this.error=null;this.saved=!1;this.busy=!1;this.draft={};this.theme="light";m(this,Oe);this.shownColour="";m(this,nt,async(e,t)=>{if(!new URL(String(e)).pathname.endsWith("/embed/session"))return Bt("filled")(e,t);let s={...Wt,organization:{slug:this.config.slug,branding:c(this,C,At).call(this)}};return new Response(JSON.stringify({data:s}),{headers:{"Content-Type":"application/json"}})});m(this,at,e=>{let{name:t,value:s}=e.target;t&&(this.draft={...this.draft,[t]:s})});m(this,lt,e=>{e.stopPropagation(),this.draft={...this.draft,primary_color:e.target.value}});m(this,dt,e=>{V(e),this.emit("brand-saved",c(this,C,At).call(this))})}begin(){}willUpdate(e){if(!e.has("config"))return;let{branding:t}=this.config;this.draft=Object.fromEntries(Fs.map(s=>[s,typeof t[s]=="string"?t[s]:""])),this.shownColour=this.draft.primary_color}updated(e){e.has("draft")&&c(this,C,Gs).call(this)}view(){let e=l.settings,{draft:t,error:s}=this,i=ve(t.primary_color)?t.primary_color:Us;return r`<section class="stack">
      <div class="head"><h2>${e.brand}</h2></div>
      <div class="columns">
        <form class="card" @submit=${o(this,dt)} @input=${o(this,at)}>
          ${q("company_name",e.company,t.company_name,s,{maxlength:60})}
          <div class="colour">
            ${q("primary_color",e.colour,t.primary_color,s,{maxlength:9,placeholder:Us})}
            <input type="color" aria-label=${e.choose} .value=${gi(i)} @input=${o(this,lt)} />
          </div>
          <p class="hint" role="status">${c(this,C,Ks).call(this,t.primary_color??"")}</p>
          ${q("logo_url",e.logo,t.logo_url,s,{type:"url",maxlength:1e3})}
          ${q("support_email",e.email,t.support_email,s,{type:"email"})}
          ${q("support_url",e.url,t.support_url,s,{type:"url"})}
          ${q("support_phone",e.phone,t.support_phone,s)}
          ${O(s,this.texts)}
          <div class="row">
            <button class="button primary" type="submit" ?disabled=${this.busy}>${this.texts.actions.save}</button>
            <span class="muted" role="status">${this.saved?r`${T("check")} ${e.saved}`:p}</span>
          </div>
        </form>
        <div class="stack">
          <div class="head">
            <h3>${e.portal}</h3>
            <div class="push">${ze("theme",e.preview,[["light",e.light],["dark",e.dark]],this.theme,n=>this.theme=n)}</div>
          </div>
          <div class="frame" inert>
            <orderly-embed .baseUrl=${this.base} .sessionToken=${"example"} .fetch=${o(this,nt)} theme=${this.theme}></orderly-embed>
          </div>
          <h3>${e.tracking}</h3>
          <p class="hint">${e.trackingHint}</p>
          <div class="frame"><iframe inert tabindex="-1" title=${e.tracking} src=${o(this,C,zs)}></iframe></div>
        </div>
      </div>
    </section>`}};Oe=new WeakMap,C=new WeakSet,zs=function(){let e=document.documentElement.lang,t=new URLSearchParams({slug:this.config.slug,primary_color:this.shownColour,lang:e});return`${this.base}/console/tracking-preview?${t}`},Ks=function(e){let t=l.settings;if(!e)return"";let s=ve(e);if(!s)return t.badColour;let i=Ft(s,[255,255,255]),n=_(t.contrast,{n:this.format.number(Math.floor(i*10)/10)});if(i>=hi)return`${n} ${t.contrastGood}`;let{fill:h,onFill:g}=Ut(e).light;return`${n} ${_(t.contrastAdjusted,{text:g,fill:h})}`},nt=new WeakMap,Gs=function(){this.renderRoot.querySelector("orderly-embed")?.session.restart(),clearTimeout(o(this,Oe));let e=this.draft.primary_color?.trim()??"";z(this,Oe,setTimeout(()=>{(!e||ve(e))&&(this.shownColour=e)},fi))},At=function(){let e=Object.entries(this.config.branding).filter(([t])=>!Fs.includes(t));return Object.fromEntries([...e,...Object.entries(this.draft).map(([t,s])=>[t,s.trim()]).filter(([,t])=>t)])},at=new WeakMap,lt=new WeakMap,dt=new WeakMap,U.styles=[y,k`
      .columns {
        display: grid;
        gap: 16px;
        align-items: start;
        grid-template-columns: minmax(260px, 2fr) minmax(0, 3fr);
      }
      .colour {
        display: flex;
        gap: 8px;
        align-items: end;
      }
      .colour .field {
        flex: 1;
      }
      input[type='color'] {
        flex: none;
        inline-size: 44px;
        block-size: 36px;
        padding: 2px;
        border: 1px solid var(--o-field);
        border-radius: var(--o-radius);
        background: var(--o-card);
      }
      .frame {
        block-size: 340px;
        overflow: hidden;
        border: 1px solid var(--o-line);
        border-radius: var(--o-radius);
        background: var(--o-page);
      }
      iframe {
        display: block;
        inline-size: 100%;
        block-size: 100%;
        border: 0;
      }
      @container (max-width: 860px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `],d([f({attribute:!1})],U.prototype,"config",2),d([f()],U.prototype,"base",2),d([f({attribute:!1})],U.prototype,"error",2),d([f({type:Boolean})],U.prototype,"saved",2),d([f({type:Boolean})],U.prototype,"busy",2),d([b()],U.prototype,"draft",2),d([b()],U.prototype,"theme",2),d([b()],U.prototype,"shownColour",2),U=d([v("console-brand")],U);function gi(a){return`#${ve(a).map(u=>u.toString(16).padStart(2,"0")).join("")}`}var vi=["data_room","action_requests","smart_alerts","end_user_webhooks","branded_tracking"],M,Vs,Cs,Mt,Ws,ct,Pe,ne=class extends w{constructor(){super(...arguments);m(this,M);this.base="";this.saved=null;this.action=new K(this);this.config=new S(this,(e,t)=>e.embed.request("GET","/config/me",t));m(this,ct,e=>{let{data:t,text:s}=V(e),i=s("slug");if(!this.config.answer)return void c(this,M,Pe).call(this,"general",{slug:i});c(this,M,Pe).call(this,"general",{slug:i,allowed_origins:s("allowed_origins").split(/\s+/).filter(Boolean),enabled_features:["bridges",...t.getAll("features")],is_active:t.has("is_active")})})}begin(){this.config.asked||this.config.load()}view(){let e=this.config.answer?.data,t=this.config.error?.code==="embed_not_configured";if(!e&&!t){let s=this.config.error&&!this.config.loading?this.problem(this.config):I(8,this.texts);return r`<section class="stack"><h2>${l.settings.title}</h2><div class="card">${s}</div></section>`}return r`<div class="stack">
      ${e?r`<console-brand
              .config=${e}
              .base=${this.base}
              .error=${this.action.errorOf("branding")}
              ?saved=${this.saved==="branding"}
              ?busy=${this.action.busy!==null}
              @brand-saved=${s=>c(this,M,Pe).call(this,"branding",{branding:s.detail})}
            ></console-brand>
            ${c(this,M,Vs).call(this,e)}`:p}
      ${c(this,M,Cs).call(this,e)}
    </div>`}};M=new WeakSet,Vs=function(e){let t=l.settings,s=et(e),i=qs.map(n=>[n,ie(n,this.texts)]);return r`<section class="stack">
      <div class="head"><h2>${t.policies}</h2></div>
      <form class="card" @submit=${n=>c(this,M,Ws).call(this,n,e)}>
        <p class="muted">${t.policiesHint}</p>
        ${qt.map(n=>{let h=s[n]??{};return r`<fieldset>
            <legend>${this.texts.requests.types[n]}</legend>
            <div class="two">
              <div class="stack">
                <label class="check"><input type="checkbox" name="${n}.enabled" .checked=${h.enabled!==!1} /><span>${t.allowed}</span></label>
                <label class="check"><input type="checkbox" name="${n}.auto" .checked=${h.autoApprove===!0} /><span>${t.auto}</span></label>
              </div>
              ${q(`${n}.minutes`,t.minutes,h.windowMinutes?.toString(),null,{type:"number",min:1})}
              ${ze(`${n}.until`,t.until,[["",t.always],...i],h.untilStatus??"")}
            </div>
          </fieldset>`})}
        ${c(this,M,Mt).call(this,"policies")}
      </form>
    </section>`},Cs=function(e){let t=l.settings,s=this.action.errorOf("general");return r`<section class="stack">
      <div class="head"><h2>${t.general}</h2></div>
      <form class="card" @submit=${o(this,ct)}>
        ${q("slug",t.slug,e?.slug,s,{required:!0,maxlength:64})}
        ${e?r`<div class="field"><span>${t.publishable}</span>
                <div class="secret"><code class="code">${e.publishable_key}</code>${Ue(e.publishable_key,this.texts)}</div></div>
              ${q("allowed_origins",t.origins,e.allowed_origins.join(`
`),s,{type:"area"})}
              <fieldset>
                <legend>${t.features}</legend>
                <div class="two">
                  ${vi.map(i=>r`<label class="check">
                      <input type="checkbox" name="features" value=${i} .checked=${e.enabled_features.includes(i)} />
                      <span>${t.featureNames[i]}</span>
                    </label>`)}
                </div>
              </fieldset>
              <label class="check"><input type="checkbox" name="is_active" .checked=${e.is_active} /><span>${t.active}</span></label>`:p}
        ${c(this,M,Mt).call(this,"general")}
      </form>
    </section>`},Mt=function(e){return r`${O(this.action.errorOf(e),this.texts)}
      <div class="row">
        <button class="button primary" type="submit" ?disabled=${this.action.busy!==null}>${this.texts.actions.save}</button>
        <span class="muted" role="status">${this.saved===e?r`${T("check")} ${l.settings.saved}`:p}</span>
      </div>`},Ws=function(e,t){let{data:s,text:i}=V(e),n=Object.fromEntries(qt.map(h=>{let g=i(`${h}.minutes`);return[h,{...et(t)[h],enabled:s.has(`${h}.enabled`),autoApprove:s.has(`${h}.auto`),windowMinutes:g?Number(g):null,untilStatus:i(`${h}.until`)||null}]}));c(this,M,Pe).call(this,"policies",{settings:{actionPolicies:n}})},ct=new WeakMap,Pe=async function(e,t){this.saved=null;let s=await this.action.run(e,i=>i.embed.request("PATCH","/config",{body:t}));s&&(this.saved=e,await this.config.load(),this.emit("operator-changed",{slug:s.slug,branding:s.branding}))},ne.styles=[y],d([f()],ne.prototype,"base",2),d([b()],ne.prototype,"saved",2),ne=d([v("console-settings")],ne);var Bs=k`
  :host {
    min-block-size: 100vh;
    background: var(--o-page);
  }
  .wrap {
    max-inline-size: 1240px;
    margin-inline: auto;
    padding-inline: 20px;
  }
  header {
    border-block-end: 1px solid var(--o-line);
    background: var(--o-card);
  }
  header .wrap {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    padding-block: 10px;
  }
  h1 {
    margin: 0;
    font-size: var(--o-large);
    font-weight: 650;
  }
  header .push {
    margin-inline-start: auto;
  }
  header form {
    display: block;
    flex: 1 1 240px;
    max-inline-size: 460px;
    padding: 0;
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
    padding: 11px 14px;
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
    padding-block: 20px 96px;
    outline: none;
  }
  [hidden] {
    display: none;
  }
  .skip {
    position: absolute;
    inset-block-start: -100px;
    inset-inline-start: 8px;
    z-index: 3;
  }
  .skip:focus {
    inset-block-start: 8px;
  }
  .toasts {
    position: fixed;
    inset-block-end: 16px;
    inset-inline: 16px;
    z-index: 2;
    display: grid;
    gap: 8px;
    justify-items: center;
    pointer-events: none;
  }
  .toast {
    display: flex;
    gap: 12px;
    align-items: center;
    justify-content: space-between;
    inline-size: min(560px, 100%);
    padding: 10px 12px;
    border: 1px solid var(--o-line);
    border-radius: var(--o-radius);
    background: var(--o-card);
    box-shadow: var(--o-shadow);
    pointer-events: auto;
  }
  .toast.bad {
    background: var(--o-bad-tint);
    color: var(--o-bad);
  }
  dialog {
    max-inline-size: min(420px, calc(100vw - 32px));
    padding: 20px;
    border: 1px solid var(--o-line);
    border-radius: calc(var(--o-radius) + 2px);
    background: var(--o-card);
    color: var(--o-text);
  }
  dialog::backdrop {
    background: #0000006b;
  }
  dialog form {
    padding: 0;
  }
  dialog .pairs,
  dialog .check {
    margin-block: 12px;
  }
  dialog .pairs {
    grid-template-columns: max-content minmax(0, 1fr);
  }
  @container (max-width: 560px) {
    .wrap {
      padding-inline: 14px;
    }
    header form {
      order: 1;
      flex-basis: 100%;
      max-inline-size: none;
    }
  }
`;var Js=["overview","queue","merchants","events","settings","access"],bi={o:"overview",r:"queue",m:"merchants",e:"events",s:"settings",a:"access"},ae,je,Le,j,ue,Dt,Ys,Qs,Xs,Ae,pt,mt,he,Me,De,te=class extends w{constructor(){super(...arguments);m(this,j);this.base="";this.place=be(location.hash);m(this,ae,new Map);m(this,je,new Map);m(this,Le,!1);m(this,Ae,()=>this.renderRoot.querySelector("dialog").showModal());m(this,pt,()=>this.renderRoot.querySelector("#content").focus());m(this,mt,e=>{e.preventDefault();let t=String(new FormData(e.target).get("q")??"").trim();t&&ye(`${$("search")}?${new URLSearchParams({q:t})}`)});m(this,he,e=>{e&&o(this,je).set(this.place.path.join("/"),scrollY),this.place=be(location.hash),o(this,ae).set(o(this,j,ue),this.place.query.toString()),e&&this.updateComplete.then(()=>scrollTo(0,o(this,je).get(this.place.path.join("/"))??0))});m(this,Me,()=>this.requestUpdate());m(this,De,e=>{if(this.hidden||Je(e)||!$e())return;let t=o(this,Le)?bi[e.key]:void 0;if(z(this,Le,e.key==="g"),t)ye(c(this,j,Dt).call(this,t));else if(e.key==="/")this.renderRoot.querySelector("#search").focus();else if(e.key==="?")o(this,Ae).call(this);else if(e.key==="u")this.decisions.undo();else return;e.preventDefault(),e.stopImmediatePropagation()})}connectedCallback(){super.connectedCallback(),addEventListener("hashchange",o(this,he)),addEventListener("keydown",o(this,De)),this.decisions.addEventListener("change",o(this,Me)),o(this,he).call(this)}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("hashchange",o(this,he)),removeEventListener("keydown",o(this,De)),this.decisions.removeEventListener("change",o(this,Me))}begin(){}view(){let{branding:e,slug:t,name:s}=this.operator,i=typeof e.company_name=="string"&&e.company_name?e.company_name:t;return r`<header>
        <button class="button skip" type="button" @click=${o(this,pt)}>${l.skip}</button>
        <div class="wrap">
          <h1>${i}</h1>
          <form role="search" @submit=${o(this,mt)}>
            <label class="search">
              <span class="hidden">${l.search.label}</span>${T("search")}
              <input class="input" id="search" type="search" name="q" maxlength="200" placeholder=${l.search.label}
                aria-keyshortcuts="/" .value=${o(this,j,ue)==="search"?this.place.query.get("q")??"":""} />
            </label>
          </form>
          <span class="row push">
            <span class="muted small">${s}</span>
            <button class="button quiet icon" type="button" aria-label=${l.keys.title} @click=${o(this,Ae)}><kbd>?</kbd></button>
            <button class="button" type="button" @click=${()=>this.dispatchEvent(new Event("sign-out"))}>${l.signIn.out}</button>
          </span>
        </div>
      </header>
      <nav aria-label=${l.sections.label}>
        <div class="wrap">
          ${Js.map(n=>r`<a href=${c(this,j,Dt).call(this,n)} aria-current=${n===o(this,j,ue)?"page":p}>${l.sections[n]}</a>`)}
        </div>
      </nav>
      <main class="wrap content" id="content" tabindex="-1">${c(this,j,Ys).call(this)}</main>
      ${c(this,j,Qs).call(this)} ${c(this,j,Xs).call(this)}`}};ae=new WeakMap,je=new WeakMap,Le=new WeakMap,j=new WeakSet,ue=function(){return this.place.path[0]??"overview"},Dt=function(e){let t=e===o(this,j,ue)?"":o(this,ae).get(e);return $(e)+(t?`?${t}`:"")},Ys=function(){let[e,t]=[o(this,j,ue),this.place.path.length>1],s=h=>e===h,i=(h,g,x=!s(h))=>o(this,ae).has(h)?r`<div ?hidden=${x}>${g(o(this,ae).get(h))}</div>`:p,n=[...Js,"search"].some(s)&&(!t||e==="merchants");return r`
      ${i("overview",()=>r`<console-overview ?active=${s("overview")}></console-overview>`)}
      ${i("queue",h=>r`<console-queue .address=${h} .decisions=${this.decisions} ?active=${s("queue")}></console-queue>`)}
      ${i("merchants",h=>r`<console-merchants .address=${h}></console-merchants>`,!s("merchants")||t)}
      ${i("events",h=>r`<console-events .address=${h}></console-events>`)}
      ${s("merchants")&&t?r`<console-merchant .operator=${this.operator} .place=${this.place} .base=${this.base}></console-merchant>`:p}
      ${s("search")?r`<console-search q=${this.place.query.get("q")??""}></console-search>`:p}
      ${s("settings")?r`<console-settings .base=${this.base}></console-settings>`:p}
      ${s("access")?r`<console-access .operator=${this.operator}></console-access>`:p}
      ${n?p:yi()}
    `},Qs=function(){let e=l.queue,t=s=>{let i=s.status==="approved"?e.approving:e.denying,{title:n}=s;return s.state==="failed"?r`<div class="toast bad" role="alert">
          <span>${_(e.notSent,{title:n,reason:s.error.message})}</span>
          <button class="button" type="button" @click=${()=>this.decisions.dismiss(s.id)}>${this.texts.actions.close}</button>
        </div>`:r`<div class="toast">
        <span>${s.state==="sending"?e.sending:_(e.soon,{decision:i,title:n,n:s.secondsLeft})}</span>
        <button class="button" type="button" ?disabled=${s.state==="sending"} @click=${()=>this.decisions.undo(s.id)}>
          ${e.undo}
        </button>
      </div>`};return r`<div class="toasts">${[...this.decisions.pending.values()].slice(-5).map(t)}</div>`},Xs=function(){let e=l.keys,t=[["/",e.search],["j",e.next],["k",e.previous],["a",e.approve],["d",e.deny],["n",e.note],["u",e.undo],["g",e.go],["?",e.help]];return r`<dialog aria-labelledby="keys">
      <div class="head"><h2 id="keys">${e.title}</h2></div>
      <dl class="pairs">${t.map(([s,i])=>r`<dt><kbd>${s}</kbd></dt><dd>${i}</dd>`)}</dl>
      <label class="check">
        <input type="checkbox" .checked=${$e()} @change=${s=>fs(s.target.checked)} />
        <span>${e.on}</span>
      </label>
      <form method="dialog"><button class="button">${this.texts.actions.close}</button></form>
    </dialog>`},Ae=new WeakMap,pt=new WeakMap,mt=new WeakMap,he=new WeakMap,Me=new WeakMap,De=new WeakMap,te.styles=[y,Bs],d([f({attribute:!1})],te.prototype,"operator",2),d([f({attribute:!1})],te.prototype,"decisions",2),d([f()],te.prototype,"base",2),d([b()],te.prototype,"place",2),te=d([v("console-shell")],te);function yi(){let{title:a,hint:u,back:e}=l.nowhere;return D("search",a,u,r`<a class="button" href="#/">${e}</a>`,"status")}var ut,J=class extends w{constructor(){super(...arguments);this.base="";this.expired=!1;this.known="";this.busy=!1;this.error=null;m(this,ut,async e=>{let{text:t}=V(e);this.busy=!0,this.error=null;let{data:s,error:i}=await ss(this.base,t("key"),t("name"));this.busy=!1,this.error=i,s&&this.dispatchEvent(new CustomEvent("signed-in",{detail:s}))})}begin(){}firstUpdated(){this.updateComplete.then(()=>this.renderRoot.querySelector("input")?.focus())}view(){let e=l.signIn,t=this.error?.status===401?{...this.error,message:e.wrong,details:[]}:this.error;return r`<main>
      <h1>${l.title}</h1>
      ${this.expired?r`<div class="notice warn" role="alert">${T("clock")}<div>${e.expired}</div></div>`:""}
      <form class="card" @submit=${o(this,ut)}>
        ${this.error?.status===401?r`<div class="notice bad" role="alert">${T("alert")}<div>${e.wrong}</div></div>`:O(t,this.texts)}
        ${q("key",e.key,"",t,{type:"password",required:!0,hint:e.keyHint})}
        ${q("name",e.name,this.known,t,{required:!0,maxlength:100,hint:e.nameHint,autocomplete:"name"})}
        <button class="button primary" type="submit" ?disabled=${this.busy}>${e.submit}</button>
      </form>
    </main>`}};ut=new WeakMap,J.styles=[y,k`
      main {
        display: grid;
        gap: 16px;
        max-inline-size: 26rem;
        margin: 12vh auto 0;
        padding: 0 16px 48px;
      }
      h1 {
        margin: 0;
        font-size: var(--o-title);
        line-height: 1.25;
      }
      .button {
        justify-self: start;
      }
    `],d([f()],J.prototype,"base",2),d([f({type:Boolean})],J.prototype,"expired",2),d([f()],J.prototype,"known",2),d([b()],J.prototype,"busy",2),d([b()],J.prototype,"error",2),J=d([v("console-sign-in")],J);var $i={name:"",expiresAt:"",scopes:[],slug:"",branding:{}},ht=new URL(".",document.baseURI).href.replace(/\/$/,""),H,ge,ft,Zs,gt,vt,bt,yt,Ie,fe=class extends It{constructor(){super(...arguments);m(this,ft);this.operator=ts();this.expired=!1;m(this,H,new zt);m(this,ge,new Ke(o(this,H).session));m(this,gt,e=>{this.operator&&this.operator.slug!==e.detail.slug&&o(this,H).querySelector("console-shell")?.remove(),this.operator=e.detail,this.expired=!1,Ge(e.detail),this.updateComplete.then(()=>o(this,H).session.restart())});m(this,vt,async()=>{await o(this,ge).flush();let e=this.operator;this.operator=null,history.replaceState(null,"",location.pathname),await is(ht,e)});m(this,bt,e=>{this.operator={...this.operator,...e.detail},Ge(this.operator)});m(this,yt,e=>{e.detail.status===401&&e.detail.code!=="wrong_credential"&&this.operator&&(this.expired=!0)});m(this,Ie,()=>{o(this,ge).flush()})}createRenderRoot(){return this}connectedCallback(){super.connectedCallback(),o(this,H).baseUrl=ht,o(this,H).lang=document.documentElement.lang,o(this,H).fetch=Jt(()=>this.operator??$i),this.addEventListener("orderly-error",o(this,yt)),addEventListener("pagehide",o(this,Ie))}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("pagehide",o(this,Ie))}render(){let{operator:e}=this;return o(this,H).sessionToken=e?.token??"nobody",r`${o(this,H)}`}updated(){let{operator:e,expired:t}=this,s=o(this,H).querySelector("console-shell");e&&!s&&o(this,H).prepend(s=c(this,ft,Zs).call(this)),e&&s&&Object.assign(s,{operator:e,hidden:t}),e||s?.remove();let i=!e||t,n=o(this,H).querySelector("console-sign-in");i&&!n&&(n=document.createElement("console-sign-in"),n.addEventListener("signed-in",o(this,gt)),o(this,H).append(n)),i&&n?Object.assign(n,{base:ht,expired:t,known:e?.name??""}):n?.remove()}};H=new WeakMap,ge=new WeakMap,ft=new WeakSet,Zs=function(){let e=Object.assign(document.createElement("console-shell"),{decisions:o(this,ge),base:ht});return e.addEventListener("sign-out",o(this,vt)),e.addEventListener("operator-changed",o(this,bt)),e},gt=new WeakMap,vt=new WeakMap,bt=new WeakMap,yt=new WeakMap,Ie=new WeakMap,d([b()],fe.prototype,"operator",2),d([b()],fe.prototype,"expired",2),fe=d([v("orderly-console")],fe);var xi=await ns(navigator.languages);document.documentElement.lang=xi;document.title=l.title;document.body.append(document.createElement("orderly-console"));export{fe as OrderlyConsole};
