import{a as qt,c as Pt}from"./chunk-2RC6Q33W.js";import{A as St,B as _t,C as x,D as Se,E as q,F as N,G as Ot,a as k,b as n,c as h,d as $t,e as v,f as g,g as f,h as j,l as xt,m as wt,n as kt,o as re,p as Tt,q as A,r as H,s as Y,t as Et,u as V,v as Rt,w as F,x as Ee,y as J,z as Re}from"./chunk-2ZSM45RQ.js";import{a as l,b as r,c as p,d as D,e as c}from"./chunk-TMRNBLX7.js";var rt="/api/v1/embed",Rs={id:"",externalId:"",name:null,email:null};function At(o){return async(u,e)=>{let t=new URL(String(u)),s=Nt(t);return s==="/session"?ot(jt(o(),Rs,[])):(s.startsWith("/~/")&&It(t,`/api/v1${s.slice(2)}`),fetch(t,{...e,keepalive:e?.method==="PATCH"}))}}var Ss=[[/^\/(orders|shipments|tracking-pages)(\/[^/]+)?$/,"/api/v1/$1$2"],[/^\/tracking\/([^/]+)$/,"/api/v1/shipments/$1"],[/^\/(webhooks|webhooks\/[^/]+\/(deliveries|replay)|webhooks\/[^/]+\/deliveries\/[^/]+\/retry)$/,"/api/v1/$1"],[/^\/alerts\/notifications$/,"/api/v1/notifications"],[/^\/alerts\/rules$/,"/api/v1/alert-rules"],[/^\/(bridges|bridges\/[^/]+\/runs)$/,"/api/v1/$1"]];function Lt(o,u){return async(e,t)=>{let s=new URL(String(e)),i=Nt(s);if(i==="/session")return ot(jt(o,u,_s));let[a,m]=Ss.find(([$])=>$.test(i))??[];return a?(It(s,i.replace(a,m)),s.searchParams.set("end_user_id",u.id),fetch(s,t)):ot({code:"not_found",message:"The console does not show this."},404)}}var _s=["bridges:read","orders:read","shipments:read","tracking:read","alerts:read","webhooks:read"],Os=["bridges","data_room","smart_alerts","end_user_webhooks","branded_tracking"];function jt(o,u,e){return{sessionId:"",expiresAt:o.expiresAt,scopes:e,enabledFeatures:Os,allowedBridgeTypes:[],readOnly:!0,endUser:u,organization:{slug:o.slug,branding:{}}}}function Nt(o){return o.pathname.slice(o.pathname.indexOf(rt)+rt.length)}function It(o,u){o.pathname=o.pathname.slice(0,o.pathname.indexOf(rt))+u}function ot(o,u=200){let e=u<400?{data:o}:{error:o};return new Response(JSON.stringify(e),{status:u,headers:{"Content-Type":"application/json"}})}var _e=class extends EventTarget{constructor(e){super();this.pending=new Map;this.#t=new Map;this.#e=e}#e;#t;decide(e){this.pending.get(e.id)?.state!=="sending"&&(this.#i(e.id),this.pending.delete(e.id),this.pending.set(e.id,{...e,state:"waiting",secondsLeft:5e3/1e3,error:null}),this.#t.set(e.id,setInterval(()=>this.#o(e.id),1e3)),this.#s())}undo(e){let t=[...this.pending.values()].filter(({state:i})=>i==="waiting"),s=e?t.find(i=>i.id===e):t.at(-1);return s?(this.#n(s.id),s):null}dismiss(e){this.pending.get(e)?.state==="failed"&&this.#n(e)}async flush(){await Promise.all([...this.pending.values()].filter(({state:e})=>e==="waiting").map(({id:e})=>this.#r(e)))}#o(e){let t=this.pending.get(e);if(!t)return this.#i(e);t.secondsLeft-=1,t.secondsLeft<=0?this.#r(e):this.#s()}async#r(e){let t=this.pending.get(e);this.#i(e),t.state="sending",this.#s();let{status:s,note:i,application:a}=t,m={status:s,...i?{resolutionNote:i}:{},...a?{application:a}:{}},{error:$}=await this.#e.call(M=>M.embed.request("PATCH",`/action-requests/${e}/resolve`,{body:m}));if($){t.state="failed",t.error=$,this.#s();return}this.#n(e),this.dispatchEvent(new CustomEvent("sent",{detail:t}))}#n(e){this.#i(e),this.pending.delete(e),this.#s()}#i(e){clearInterval(this.#t.get(e)),this.#t.delete(e)}#s(){this.dispatchEvent(new Event("change"))}};var at="orderly-console";function Dt(){try{let o=JSON.parse(sessionStorage.getItem(at)??"null");return o&&Date.parse(o.expiresAt)>Date.now()?o:null}catch{return null}}function Oe(o){o?sessionStorage.setItem(at,JSON.stringify(o)):sessionStorage.removeItem(at)}async function Ht(o,u,e){let t=await lt(o,"POST","/api/v1/console/sessions",u,{name:e});if(t.error)return t;let{token:s,id:i,expires_at:a,scopes:m}=t.data,$=await lt(o,"GET","/api/v1/embed/config/me",s),{slug:M,branding:nt}=$.data??{slug:"",branding:{}};return{data:{token:s,id:i,name:e,expiresAt:a,scopes:m??[],slug:M,branding:nt},error:null}}async function Ut(o,u){Oe(null),await lt(o,"DELETE",`/api/v1/console/sessions/${u.id}`,u.token)}async function lt(o,u,e,t,s){try{let i=await fetch(o+e,{method:u,headers:{Authorization:`Bearer ${t}`,...s?{"Content-Type":"application/json"}:{}},body:s&&JSON.stringify(s),credentials:"omit",keepalive:!0}),a=await i.json().catch(()=>null);return i.ok?{data:a?.data??a,error:null}:{data:null,error:Mt(i.status,a?.error)}}catch(i){return{data:null,error:Mt(0,{code:"NETWORK_ERROR",message:String(i)})}}}function Mt(o,u){let{code:e="UNREADABLE_ANSWER",message:t="",details:s=[]}=u??{};return{code:e,message:t,status:o,details:s,requestId:null,retryAfter:null}}function oe(o){let[u="",e=""]=o.replace(/^#\/?/,"").split("?");return{path:u.split("/").filter(Boolean).map(qs),query:new URLSearchParams(e)}}function L(...o){return`#/${o.map(encodeURIComponent).join("/")}`}function Ct(o){let u=Object.entries(o).filter(t=>!!t[1]),e=u.length?`?${new URLSearchParams(u)}`:"";history.replaceState(history.state,"",`${location.hash.split("?")[0]||"#/"}${e}`)}function qe(o){location.hash=o}function qs(o){try{return decodeURIComponent(o)}catch{return o}}var T=class extends Rt{constructor(){super(...arguments);this.needs=["",[]]}get isAllowed(){return!0}},W=class extends Ot{constructor(){super(...arguments);this.needs=["",[]];this.address="";this.#e=null}get isAllowed(){return!0}willUpdate(e){super.willUpdate(e),e.has("address")&&this.address!==this.#e&&this.#t()}#e;#t(){let{cursors:e,...t}=Object.fromEntries(new URLSearchParams(this.address));this.filters=t,this.cursors=e?e.split(","):[],this.#e=this.address,this.page.asked&&this.page.load()}placed(){Ct({...this.filters,cursors:this.cursors.join(",")}),this.#e=oe(location.hash).query.toString()}async read(e,t,s){return await e.embed.request("GET",this.path,{query:t,...s})}csv(){return{name:"",rows:[]}}};l([g()],W.prototype,"address",2);function Q(...o){let u=e=>typeof e=="string"?e:n`<span class="hidden">${e.hidden}</span>`;return n`<tr role="row">${o.map(e=>n`<th role="columnheader">${u(e)}</th>`)}</tr>`}var b=[xt,wt,_t,k`
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
  `];var dt={title:"Console",skip:"Skip to the content",actions:"Actions",signIn:{title:"Sign in",key:"API key",keyHint:"It begins with oh_. The console can do what the key can, for 8 hours.",name:"Your name",nameHint:"What you do is logged with it.",submit:"Sign in",expired:"Your session has ended. Sign in again to go on where you were.",wrong:"This is not an API key of this system, or it was revoked.",out:"Sign out"},sections:{label:"Sections",overview:"Overview",queue:"Requests",merchants:"Merchants",events:"Events",settings:"Settings",access:"Access"},keys:{title:"Keys",search:"search",next:"next request",previous:"previous request",approve:"approve",deny:"deny",note:"write a note; Ctrl+Enter approves",undo:"undo the last decision",go:"then r, m, e, s, a: go to a section",help:"these keys",on:"React to these keys"},search:{title:"Search",label:"Order number, tracking number or e-mail",hint:"The whole number or address, over all merchants.",none:"Nothing has this number or address.",order:"Order",shipment:"Shipment",merchant:"Merchant",found:{one:"{n} result for “{q}”",other:"{n} results for “{q}”"}},overview:{title:"Overview",requests:"Open requests",exceptions:"Shipments held up",bridges:"Connections in error",webhooks:"Failing webhooks",orders:"Orders by status",shipments:"Shipments by status",none:"None yet",days:"By day",day:"Day",ordered:"Orders",shipped:"Shipped",delivered:"Delivered",late:"Late",chart:"Orders, shipped and delivered by day, from {from} to {to}. The table below has the figures.",figures:"Figures"},queue:{title:"Requests",empty:"Nothing waits for a decision",emptyHint:"Requests of merchants appear here.",order:"Order",customer:"Customer",merchant:"Merchant",asked:"Asked",expires:"Expires",reason:"Reason",changes:"Change",policy:"Policy",note:"Note to the merchant",noteHint:"Sent with your decision.",approve:"Approve",deny:"Deny",approving:"Approved",denying:"Denied",soon:"{decision}: {title}. Sent in {n} s.",sending:"Sending…",notSent:"{title} was not decided: {reason}",undo:"Undo",refund:"Also pay back what the shopper paid",notify:"Let the shop write to the shopper",decided:"Decided by {who}, {time}",answer:"Note",application:"At the shop",retry:"Try again",markDone:"Mark as done",doneNote:"What was done (optional)",deleted:"deleted",policies:{off:"Not allowed by your settings now.",auto:"Approved without you while the policy holds.",person:"Decided by a person.",window:"Within {n} minutes of the order.",until:"Until the order is “{status}”."},new:"There are newer requests.",show:"Show them"},merchants:{title:"Merchants",search:"Search by your id",empty:"No merchants yet",emptyHint:"A merchant appears once your application opens a session for them.",merchant:"Merchant",id:"Your id",email:"E-mail",connections:"Connections",since:"Since",view:"See what they see",viewHint:"Opens the portal for 15 minutes. Nothing can be changed there, and it is logged.",opened:"The portal was opened in a new tab.",blocked:"Your browser blocked the new tab. Open it here:",open:"Open the portal",tabs:{orders:"Orders",shipments:"Shipments",connections:"Connections",webhooks:"Webhooks",alerts:"Alerts",pages:"Tracking pages",sessions:"Sessions",events:"Events"},sessions:{empty:"No live sessions",emptyHint:"The merchant is not signed in anywhere.",kind:"Kind",kinds:{server:"By your server",auto:"By the browser",read_only:"Read-only"},begun:"Begun",ends:"Ends",end:"End",endAll:"End all sessions",endAllSure:"End all sessions now",ended:{one:"{n} session was ended.",other:"{n} sessions were ended."},allEnded:"All sessions were ended."}},events:{title:"Event log",empty:"Nothing has happened yet",event:"Event",about:"About",by:"By",time:"Time",type:"Type",typeHint:"order.created",details:"Details",apply:"Filter"},why:{title:"Why did it not arrive?",link:"Why did it not arrive?",hint:"What happened to order {number}, and what each webhook was told of it.",verdicts:{fine:"Everything was delivered.",none:"No webhook was told of this order: none wants its events.",failed:{one:"{n} delivery failed.",other:"{n} deliveries failed."},pending:{one:"{n} delivery waits for its next attempt.",other:"{n} deliveries wait for their next attempt."},skipped:{one:"{n} delivery was skipped.",other:"{n} deliveries were skipped."}},attempt:"Attempt {n}",receiver:"Webhook",answer:"Answer",retry:"Send again",sent:"It is sent again.",noEvents:"There are no events of this order.",noDeliveries:"Not delivered to any webhook: none wants this event.",partial:"There is more than is shown here. The webhook’s own list has all of it."},settings:{title:"Settings",brand:"Brand",company:"Company name",colour:"Brand colour",logo:"Logo (https address)",email:"E-mail for shoppers",url:"Help page",phone:"Phone for shoppers",saved:"Saved.",preview:"Preview",portal:"Portal",tracking:"Tracking page",trackingHint:"With the saved name and logo, and the colour above.",light:"Light",dark:"Dark",contrast:"White text on this colour has a contrast of {n} : 1.",contrastGood:"That is enough (4.5 : 1).",contrastAdjusted:"That is less than 4.5 : 1, so text is shown as {text} on {fill}.",badColour:"A colour such as #0f766e",policies:"Requests of merchants",policiesHint:"What merchants may ask for an order, and what needs no decision of yours.",allowed:"Allowed",auto:"Approve without asking",minutes:"Minutes since the order",until:"Until the order is",always:"Always",general:"General",slug:"Slug",origins:"Pages that may call the API and show the portal, one a line",features:"Features",featureNames:{bridges:"Connections",data_room:"Orders and shipments",action_requests:"Requests",smart_alerts:"Alerts",end_user_webhooks:"Webhooks",branded_tracking:"Tracking pages"},active:"The embed is active. Without it, merchants see nothing.",publishable:"Publishable key",choose:"Choose a colour"},access:{title:"Access",keys:"API keys",name:"Name",scopes:"May",scopeNames:{"embed:manage":"manage merchants, settings and requests","bridges:sync":"send orders and shipments","keys:manage":"manage API keys"},key:"Key",used:"Last used",never:"Never",expires:"Expires",no:"Never",create:"Create key",add:"New key",once:"This is the key. It is shown only now.",revoke:"Revoke",own:"Your own",operators:"Signed in to the console",operator:"Name",begun:"Since",until:"Until",end:"End",you:"You",noOperators:"Nobody is signed in."},nowhere:{title:"There is nothing here",hint:"The link may be old or incomplete.",back:"Back to the start"}};var Ft={de:async()=>(await import("./de-FSZIZ254.js")).de},d=dt;async function Wt(o){let e=o.map(s=>s.toLowerCase().split("-")[0]).find(s=>s==="en"||Object.hasOwn(Ft,s))??"en",t=await Ft[e]?.().catch(()=>null);return d=t??dt,t?e:"en"}var Ps=["embed:manage","bridges:sync","keys:manage"],w,zt,Kt,ct,Gt,Bt,Pe,Ae,Vt,Yt,z=class extends T{constructor(){super(...arguments);p(this,w);this.adding=!1;this.sure=null;this.created=null;this.action=new V(this);this.keys=new F(this,(e,t)=>e.embed.request("GET",`${"/~"}/api-keys`,t));this.operators=new F(this,(e,t)=>e.embed.request("GET",`${"/~"}/console/sessions`,t));p(this,Pe,async()=>{this.adding=!0,this.created=null,this.action.clear(),await this.updateComplete,this.renderRoot.querySelector("[name=name]").focus()});p(this,Ae,async e=>{let{data:t,text:s}=N(e),i=s("expires"),a=t.getAll("scopes"),m={name:s("name"),scopes:a,...i?{expiresAt:new Date(`${i}T23:59:59`).toISOString()}:{}},$=await this.action.run("create",(M,nt)=>M.embed.request("POST",`${"/~"}/api-keys`,{body:m,...nt}));$&&(this.created=$,this.adding=!1,await this.keys.load())})}begin(){this.keys.asked||this.keys.load(),this.operators.asked||this.operators.load()}view(){let e=d.access;return n`<div class="stack">
      <div class="head">
        <h2>${e.keys}</h2>
        <button class="button primary push" type="button" ?hidden=${this.adding} @click=${r(this,Pe)}>${A("plus")}${e.add}</button>
      </div>
      ${this.created?c(this,w,Gt).call(this,this.created):h} ${this.adding?c(this,w,Bt).call(this):h}
      ${this.adding?h:q(this.action.error,this.texts)}
      <div class="card scroll cards">${c(this,w,zt).call(this)}</div>
      <div class="head"><h2>${e.operators}</h2></div>
      <div class="card scroll cards">${c(this,w,Kt).call(this)}</div>
    </div>`}};w=new WeakSet,zt=function(){let e=d.access,t=this.keys.answer?.data;return t?n`<table role="table">
      <thead role="rowgroup">${Q(e.name,e.scopes,e.used,e.expires,{hidden:d.actions})}</thead>
      <tbody role="rowgroup">
        ${t.map(s=>n`<tr role="row">
            <td role="cell" class="first">${s.name}<span class="also code">${s.prefix}…</span></td>
            <td role="cell" class="wide">${s.scopes.map(i=>e.scopeNames[i]??i).join(", ")}</td>
            <td role="cell" class="muted wide">${s.last_used_at?this.format.dateTime(s.last_used_at):e.never}</td>
            <td role="cell" class="muted wide">${s.expires_at?this.format.dateTime(s.expires_at):e.no}</td>
            <td role="cell" class="second end">${c(this,w,ct).call(this,s.id,e.revoke,()=>c(this,w,Vt).call(this,s.id))}</td>
          </tr>`)}
      </tbody>
    </table>`:this.keys.error&&!this.keys.loading?this.problem(this.keys):Y(3,this.texts)},Kt=function(){let e=d.access,t=this.operators.answer?.data;return t?t.length?n`<table role="table">
      <thead role="rowgroup">${Q(e.operator,e.begun,e.until,{hidden:d.actions})}</thead>
      <tbody role="rowgroup">
        ${t.map(s=>n`<tr role="row">
            <td role="cell" class="first">${s.name} ${s.id===this.operator.id?n`<span class="badge">${e.you}</span>`:h}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.created_at)}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.expires_at)}</td>
            <td role="cell" class="second end">
              ${s.id===this.operator.id?h:c(this,w,ct).call(this,s.id,e.end,()=>c(this,w,Yt).call(this,s.id))}
            </td>
          </tr>`)}
      </tbody>
    </table>`:H("lock",e.noOperators,h,h,"status"):this.operators.error&&!this.operators.loading?this.problem(this.operators):Y(2,this.texts)},ct=function(e,t,s){let i=this.sure===e;return n`<button
      class="link"
      type="button"
      ?disabled=${this.action.busy!==null}
      @click=${()=>i?s():this.sure=e}
      @blur=${()=>this.sure=null}
    >
      ${i?this.texts.actions.sure:t}
    </button>`},Gt=function(e){return n`<div class="notice good" role="status">
      ${A("lock")}
      <div class="stack">
        <p><strong>${e.name}</strong>: ${d.access.once}</p>
        <div class="secret"><code class="code">${e.key}</code>${Re(e.key,this.texts)}</div>
      </div>
    </div>`},Bt=function(){let e=d.access,t=this.action.error,s=Ps.filter(i=>!this.operator.scopes.length||this.operator.scopes.includes(i));return n`<form class="card" @submit=${r(this,Ae)}>
      ${q(t,this.texts)} ${x("name",e.name,"",t,{required:!0,maxlength:100})}
      <fieldset>
        <legend>${e.scopes}</legend>
        ${s.map(i=>n`<label class="check">
            <input type="checkbox" name="scopes" value=${i} /><span>${e.scopeNames[i]} <span class="hint code">${i}</span></span>
          </label>`)}
      </fieldset>
      ${x("expires",e.expires,"",t,{type:"date"})}
      <div class="row">
        <button class="button primary" type="submit" ?disabled=${this.action.busy!==null}>${e.create}</button>
        <button class="button" type="button" @click=${()=>this.adding=!1}>${this.texts.actions.cancel}</button>
      </div>
    </form>`},Pe=new WeakMap,Ae=new WeakMap,Vt=async function(e){this.sure=null,await this.action.run(e,t=>t.embed.request("DELETE",`${"/~"}/api-keys/${e}`))&&await this.keys.load()},Yt=async function(e){this.sure=null,await this.action.run(e,s=>s.embed.request("DELETE",`${"/~"}/console/sessions/${e}`))&&await this.operators.load()},z.styles=[b],l([g({attribute:!1})],z.prototype,"operator",2),l([f()],z.prototype,"adding",2),l([f()],z.prototype,"sure",2),l([f()],z.prototype,"created",2),z=l([v("console-access")],z);var Le,Jt,je,X=class extends W{constructor(){super(...arguments);p(this,Le);this.merchant="";this.shown=null;this.path="/events";p(this,je,e=>{this.filter({event_type:N(e).text("event_type")})})}read(e,t,s){return super.read(e,this.merchant?{...t,end_user_id:this.merchant}:t,s)}view(){let e=d.events;return n`<section class="stack">
      ${this.merchant?h:n`<div class="head"><h2>${e.title}</h2></div>`}
      <form role="search" @submit=${r(this,je)}>
        <label class="field">
          <span>${e.type}</span>
          <input class="input" name="event_type" list="types" maxlength="100" placeholder=${e.typeHint} .value=${this.filters.event_type??""} />
          <datalist id="types">${Object.keys(this.texts.events).map(t=>n`<option value=${t}></option>`)}</datalist>
        </label>
        ${this.dayField("from")} ${this.dayField("to")}
        <div><button class="button" type="submit">${e.apply}</button></div>
      </form>
      ${this.list()}
    </section>`}head(){let e=d.events;return Q(e.event,e.about,e.by,e.time)}row(e){let t=this.shown===e.id,s=Object.keys(e.metadata).length>0;return n`<tr role="row">
      <td role="cell" class="first">
        ${Object.hasOwn(this.texts.events,e.event_type)?n`${St(e.event_type,this.texts)} <span class="also code">${e.event_type}</span>`:n`<span class="code">${e.event_type}</span>`}
        ${s?n`<button class="link small" type="button" aria-expanded=${t} @click=${()=>this.shown=t?null:e.id}>
              ${d.events.details}
            </button>`:h}
        ${t?n`<pre>${JSON.stringify(e.metadata,null,2)}</pre>`:h}
      </td>
      <td role="cell" class="wide">${c(this,Le,Jt).call(this,e)}</td>
      <td role="cell" class="muted wide">${As(e)}</td>
      <td role="cell" class="muted date">${this.format.dateTime(e.created_at)}</td>
    </tr>`}empty(){return H("inbox",d.events.empty,h,h,"status")}};Le=new WeakSet,Jt=function(e){let t=n`<span class="also code">${e.resource_type} ${e.resource_id??h}</span>`;return e.end_user_id&&!this.merchant?n`<a href=${L("merchants",e.end_user_id)}>${d.search.merchant}</a> ${t}`:t},je=new WeakMap,X.styles=[b,k`
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
    `],l([g()],X.prototype,"merchant",2),l([f()],X.prototype,"shown",2),X=l([v("console-events")],X);function As(o){let{operator:u,actor_name:e}=o.metadata,t=u??e;return typeof t=="string"?t:o.ip_address??""}var Qt="orderly-console-keys";function le(){return sessionStorage.getItem(Qt)!=="off"}function Xt(o){sessionStorage.setItem(Qt,o?"on":"off")}function Ne(o){let u=o.composedPath()[0];return o.ctrlKey||o.metaKey||o.altKey||o.isComposing||o.defaultPrevented?!0:u instanceof Element&&u.matches("input:not([type=checkbox]), textarea, select, [contenteditable], dialog *, dialog")}var Ie={connections:()=>n`<orderly-bridges></orderly-bridges>`},Zt=["events"],Ls={connect:"connections"},ce,te,E,de,es,pt,ts,Me,De,ss,U=class extends T{constructor(){super(...arguments);p(this,E);this.base="";this.portalUrl=null;this.opened=!1;this.action=new V(this);this.merchant=new F(this,(e,t)=>e.embed.request("GET",`/users/${encodeURIComponent(r(this,E,de))}`,t));p(this,ce,"");p(this,te,null);p(this,Me,e=>{let{view:t,id:s}=e.detail,i=Ls[t]??t;i in Ie&&(e.preventDefault(),qe(L("merchants",r(this,E,de),i,...s===null?[]:[s])))});p(this,De,async()=>{let e=window.open("about:blank","_blank"),t={externalId:this.merchant.answer.data.external_id,readOnly:!0},s=await this.action.run("view",i=>i.embed.request("POST","/sessions",{body:t}));this.portalUrl=s?.portalUrl??null,this.opened=!1,e&&s?(e.opener=null,e.location.replace(s.portalUrl),this.opened=!0):e?.close()})}begin(){r(this,ce)!==r(this,E,de)&&(D(this,ce,r(this,E,de)),this.merchant.clear(),this.portalUrl=null,this.opened=!1,D(this,te,null),this.merchant.load())}updated(e){e.has("place")&&this.session?.usable&&this.begin()}view(){let e=this.merchant.answer?.data;if(!e){let i=this.merchant.error&&!this.merchant.loading?this.problem(this.merchant):Y(6,this.texts);return n`<div class="stack">${c(this,E,pt).call(this)}<div class="card">${i}</div></div>`}let t=r(this,E,es),s=d.merchants.tabs;return n`<section class="stack">
      <div class="head">
        ${c(this,E,pt).call(this)}
        <h2>${e.name??e.external_id}</h2>
        <span class="muted">
          ${e.name?n`<span class="code">${e.external_id}</span>`:h} ${e.email??h}
        </span>
        <button class="button push" type="button" title=${d.merchants.viewHint} ?disabled=${this.action.busy!==null} @click=${r(this,De)}>
          ${d.merchants.view}
        </button>
      </div>
      ${q(this.action.error,this.texts)} ${c(this,E,ss).call(this)}
      <nav class="tabs" aria-label=${e.name??e.external_id}>
        ${[...Object.keys(Ie),...Zt].map(i=>n`<a href=${L("merchants",e.id,i)} aria-current=${i===t?"page":h}>${s[i]}</a>`)}
      </nav>
      ${c(this,E,ts).call(this,e,t)}
    </section>`}};ce=new WeakMap,te=new WeakMap,E=new WeakSet,de=function(){return this.place.path[1]},es=function(){let e=this.place.path[2]??"connections";return e in Ie||Zt.includes(e)?e:"connections"},pt=function(){return n`<a class="button quiet icon" href=${L("merchants")} aria-label=${this.texts.actions.back}>${A("back")}</a>`},ts=function(e,t){if(t==="events")return n`<console-events .merchant=${e.id} .address=${this.place.query.toString()}></console-events>`;let{id:s,external_id:i,name:a,email:m}=e;return r(this,te)??D(this,te,Lt(this.operator,{id:s,externalId:i,name:a,email:m})),n`<orderly-embed
      .baseUrl=${this.base}
      .sessionToken=${this.operator.token}
      .fetch=${r(this,te)}
      @orderly-navigate=${r(this,Me)}
    >
      ${Ie[t]()}
    </orderly-embed>`},Me=new WeakMap,De=new WeakMap,ss=function(){if(!this.portalUrl)return h;let e=d.merchants;return n`<div class="notice" role="status">
      <div>
        ${this.opened?e.opened:n`${e.blocked} <a class="link" href=${this.portalUrl} target="_blank" rel="noopener noreferrer">${e.open}</a>`}
        ${e.viewHint}
      </div>
    </div>`},U.styles=[b,k`
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
    `],l([g({attribute:!1})],U.prototype,"operator",2),l([g({attribute:!1})],U.prototype,"place",2),l([g()],U.prototype,"base",2),l([f()],U.prototype,"portalUrl",2),l([f()],U.prototype,"opened",2),U=l([v("console-merchant")],U);var pe=class extends W{constructor(){super(...arguments);this.path="/users"}read(e,{search:t,...s},i){return super.read(e,{...s,external_id:t},i)}view(){return n`<section class="stack">
      <div class="head"><h2>${d.merchants.title}</h2></div>
      <div class="toolbar">${this.searchField(d.merchants.search)}</div>
      ${this.list()}
    </section>`}head(){let e=d.merchants;return Q(e.merchant,e.id,e.email,e.connections,e.since)}row(e){return n`<tr role="row">
      <td role="cell" class="first"><a href=${L("merchants",e.id)}>${e.name??e.external_id}</a></td>
      <td role="cell" class="code wide">${e.external_id}</td>
      <td role="cell" class="wide">${e.email}</td>
      <td role="cell" class="number second">${this.format.number(e.bridge_count)}</td>
      <td role="cell" class="muted nowrap date">${this.format.date(e.created_at)}</td>
    </tr>`}empty(){return H("inbox",d.merchants.empty,d.merchants.emptyHint,h,"status")}};pe.styles=[b],pe=l([v("console-merchants")],pe);var ut=["cancel","address_change","hold","release","expedite","note","other"],is=["pending","confirmed","processing","partially_shipped","shipped","delivered"];function He(o){return o?.settings.actionPolicies??{}}function ns(o,u,e){if(!o)return"";let t=He(o)[u]??{},s=d.queue.policies,i=[t.autoApprove?s.auto:s.person];return t.enabled===!1&&i.push(s.off),t.windowMinutes&&i.push(j(s.window,{n:t.windowMinutes})),t.untilStatus&&i.push(j(s.until,{status:J(t.untilStatus,e)})),i.join(" ")}var y,Ue,rs,os,as,ls,Ce,Fe,mt,We,ds,K=class extends T{constructor(){super(...arguments);p(this,y);this.decided=null;this.policy="";this.open=!1;this.action=new V(this);p(this,Ce,async()=>{let e=`/action-requests/${this.row.id}/apply`;await this.action.run("retry",t=>t.embed.request("POST",e))&&c(this,y,mt).call(this)});p(this,Fe,async()=>{let e=this.renderRoot.querySelector("[name=done]").value.trim(),t={status:"applied",...e?{message:e}:{}},s=`/action-requests/${this.row.id}/application`;await this.action.run("done",i=>i.embed.request("PATCH",s,{body:t}))&&c(this,y,mt).call(this)});p(this,We,e=>{if(e.key==="Enter"&&(e.ctrlKey||e.metaKey))this.decide("approved");else if(e.key==="Escape")this.focusHead();else return;e.preventDefault()})}begin(){}updated(e){let t=e.get("decided"),s=r(this,y,Ue);t&&!this.decided&&s&&!s.value&&(s.value=t.note)}focusHead(){let e=this.renderRoot.querySelector(".line");e?.focus(),e?.scrollIntoView({block:"nearest"})}writeNote(){r(this,y,Ue)?.focus()}decide(e){if(!r(this,y,rs))return;let t=a=>this.renderRoot.querySelector(`[name=${a}]`)?.checked??!1,s=e==="approved"&&this.row.action_type==="cancel",i={id:this.row.id,title:this.row.title,status:e,note:r(this,y,Ue)?.value.trim()??"",application:s?{refund:t("refund"),notifyCustomer:t("notify")}:null};this.dispatchEvent(new CustomEvent("request-decided",{detail:i}))}view(){let{row:e,decided:t}=this,s=e.end_users;return n`<div class=${t?"decided":""}>
      <button class="line" type="button" aria-expanded=${this.open} @click=${()=>this.dispatchEvent(new Event("request-toggled"))}>
        <span><strong>${e.title}</strong></span>
        <span class="muted who">${s?s.name??s.external_id:d.queue.deleted}</span>
        <span>${Ee(t?.status??e.status,this.texts)}</span>
        <span class="muted small nowrap date">${this.format.dateTime(e.created_at)}</span>
      </button>
      ${this.open?c(this,y,os).call(this):h}
    </div>`}};y=new WeakSet,Ue=function(){return this.renderRoot.querySelector("textarea[name=note]")},rs=function(){return this.row.status==="pending"&&!this.decided},os=function(){let{row:e}=this,t=d.queue,{order:s,end_users:i}=e,a=s?n`${s.order_number??s.external_id} ${Ee(s.status,this.texts)}`:t.deleted,m=[[t.order,a],[t.customer,s?.customer.name],[t.merchant,i&&n`<a class="link" href=${L("merchants",e.end_user_id)}>${i.name??i.external_id}</a>`],[t.reason,e.description&&ht(e.description)],[t.changes,c(this,y,ds).call(this)],[t.policy,this.policy],[t.asked,this.format.dateTime(e.created_at)],[t.expires,e.status==="pending"?this.format.dateTime(e.expires_at):null],[t.answer,e.resolution_note&&ht(e.resolution_note)]];return n`<div class="body">
      <div class="columns">
        <dl class="pairs">${m.map(([$,M])=>M?n`<dt>${$}</dt><dd>${M}</dd>`:h)}</dl>
        ${e.status==="pending"?c(this,y,as).call(this):c(this,y,ls).call(this)}
      </div>
    </div>`},as=function(){let e=d.queue,t=this.decided!==null;return n`<div class="stack">
      <label class="field">
        <span>${e.note}</span>
        <textarea class="input" name="note" maxlength="2000" ?disabled=${t} @keydown=${r(this,We)}></textarea>
        <span class="hint">${e.noteHint}</span>
      </label>
      ${this.row.action_type==="cancel"?n`<label class="check"><input type="checkbox" name="refund" ?disabled=${t} /><span>${e.refund}</span></label>
            <label class="check"><input type="checkbox" name="notify" ?disabled=${t} /><span>${e.notify}</span></label>`:h}
      <div class="row">
        <button class="button primary" type="button" aria-keyshortcuts="a" ?disabled=${t} @click=${()=>this.decide("approved")}>
          ${e.approve}
        </button>
        <button class="button danger" type="button" aria-keyshortcuts="d" ?disabled=${t} @click=${()=>this.decide("denied")}>
          ${e.deny}
        </button>
      </div>
    </div>`},ls=function(){let{row:e}=this,t=d.queue,s=e.application,i=this.action.busy!==null;return n`<div class="stack">
      ${e.resolved_at?n`<p class="muted">${j(t.decided,{who:e.resolved_by??"–",time:this.format.dateTime(e.resolved_at)})}</p>`:h}
      ${s?n`<div><span class="label">${t.application}</span> ${Ee(s.status,this.texts)}
            ${s.message?n`<p>${s.message}</p>`:h}</div>`:h}
      ${q(this.action.error,this.texts)}
      ${s?.status==="failed"||s?.status==="manual"?n`<label class="field"><span>${t.doneNote}</span><input class="input" name="done" maxlength="2000" /></label>
            <div class="row">
              <button class="button primary" type="button" ?disabled=${i} @click=${r(this,Fe)}>${t.markDone}</button>
              ${s.status==="failed"?n`<button class="button" type="button" ?disabled=${i} @click=${r(this,Ce)}>${t.retry}</button>`:h}
            </div>`:h}
    </div>`},Ce=new WeakMap,Fe=new WeakMap,mt=function(){this.dispatchEvent(new Event("request-changed"))},We=new WeakMap,ds=function(){let e={...this.texts.requests.address,until:this.texts.requests.holdUntil},t=Object.entries(this.row.requested_changes??{}).filter(([,a])=>a!==null&&a!==""),s=a=>typeof a=="string"?a:JSON.stringify(a),i=t.map(([a,m])=>`${e[a]??a}: ${s(m)}`).join(`
`);return i?ht(i):null},K.styles=[b,k`
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
      .decided {
        background: var(--o-page);
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
      .columns > * {
        align-content: start;
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
    `],l([g({attribute:!1})],K.prototype,"row",2),l([g({attribute:!1})],K.prototype,"decided",2),l([g({attribute:!1})],K.prototype,"policy",2),l([g({type:Boolean,reflect:!0})],K.prototype,"open",2),K=l([v("console-request")],K);function ht(o){return n`<span class="lines">${o}</span>`}var js=["approved","denied","cancelled","expired","all"],Ns=3e4,ue,R,ze,cs,gt,ft,he,me,ge,ps,G=class extends W{constructor(){super(...arguments);p(this,R);this.active=!1;this.selected=null;this.newer=!1;this.path="/action-requests/queue";p(this,ue);this.config=new F(this,(e,t)=>e.embed.request("GET","/config/me",t));p(this,he,e=>{if(!this.active||!this.rows.length||Ne(e)||!le())return;let t=this.rows.findIndex(({id:i})=>i===this.selected),s=c(this,R,ft).call(this,this.selected);if(e.key==="j"||e.key==="k"){let i=this.rows[e.key==="j"?Math.min(t+1,this.rows.length-1):Math.max(t-1,0)];c(this,R,ze).call(this,i.id),c(this,R,gt).call(this,i.id)}else if(e.key==="a"&&s)s.decide("approved");else if(e.key==="d"&&s)s.decide("denied");else if(e.key==="n"&&s)s.writeNote();else return;e.preventDefault()});p(this,me,()=>this.requestUpdate());p(this,ge,e=>{let{id:t,status:s}=e.detail,i=this.rows.find(a=>a.id===t);i&&(i.status=s),this.decisions.pending.size===0&&this.refresh()})}begin(){super.begin(),this.config.asked||this.config.load()}connectedCallback(){super.connectedCallback(),addEventListener("keydown",r(this,he)),this.decisions.addEventListener("change",r(this,me)),this.decisions.addEventListener("sent",r(this,ge)),D(this,ue,setInterval(()=>{c(this,R,ps).call(this)},Ns))}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("keydown",r(this,he)),this.decisions.removeEventListener("change",r(this,me)),this.decisions.removeEventListener("sent",r(this,ge)),clearInterval(r(this,ue))}willUpdate(e){super.willUpdate(e),e.has("active")&&this.active&&this.page.answer&&this.refresh()}view(){let e=d.queue;return n`<section class="stack">
      <div class="head">
        <h2>${e.title}</h2>
        <span class="push muted small keys"><kbd>j</kbd> <kbd>k</kbd> <kbd>a</kbd> <kbd>d</kbd> <kbd>n</kbd> <kbd>u</kbd></span>
      </div>
      <div class="others unfolded">
        <label class="field">
          <span>${this.texts.list.status}</span>
          <select class="input" @change=${t=>this.filter({status:t.target.value})}>
            <option value="">${J("pending",this.texts)}</option>
            ${js.map(t=>n`<option value=${t} ?selected=${this.filters.status===t}>
                ${t==="all"?this.texts.list.all:J(t,this.texts)}
              </option>`)}
          </select>
        </label>
      </div>
      ${this.newer?n`<div class="notice" role="status">
            <div>${e.new}</div>
            <button class="button" type="button" @click=${()=>this.refresh()}>${e.show}</button>
          </div>`:h}
      ${this.list()}
    </section>`}refresh(){this.newer=!1,super.refresh()}list(){let{answer:e,error:t,loading:s}=this.page;return t&&!s||!e||!this.rows.length?super.list():n`<ol class="card" aria-busy=${s}>
        ${this.rows.map(i=>this.row(i))}
      </ol>
      ${this.pager(e.pagination)}`}row(e){return n`<li>
      <console-request
        id=${`r-${e.id}`}
        .row=${e}
        .decided=${this.decisions.pending.get(e.id)??null}
        .policy=${ns(this.config.answer?.data,e.action_type,this.texts)}
        ?open=${e.id===this.selected}
        @request-toggled=${()=>c(this,R,ze).call(this,e.id===this.selected?null:e.id)}
        @request-decided=${t=>c(this,R,cs).call(this,t.detail)}
        @request-changed=${()=>this.refresh()}
      ></console-request>
    </li>`}head(){return n``}empty(){return H("inbox",d.queue.empty,d.queue.emptyHint,h,"status")}};ue=new WeakMap,R=new WeakSet,ze=function(e){this.selected=e},cs=function(e){this.decisions.decide(e);let t=this.rows.findIndex(({id:i})=>i===e.id),s=this.rows.slice(t+1).find(({id:i,status:a})=>a==="pending"&&!this.decisions.pending.has(i));c(this,R,ze).call(this,s?.id??null),c(this,R,gt).call(this,s?.id??e.id)},gt=async function(e){await this.updateComplete,c(this,R,ft).call(this,e)?.focusHead()},ft=function(e){return e?this.renderRoot.querySelector(`#r-${e}`):null},he=new WeakMap,me=new WeakMap,ge=new WeakMap,ps=async function(){if(!this.active||document.hidden||this.cursors.length||this.filters.status||!this.page.answer)return;let e=new Set(this.rows.map(({id:i})=>i)),s=(await this.session.call(i=>i.embed.request("GET",this.path,{query:{limit:5}}))).data??[];this.newer=s.some(({id:i})=>!e.has(i))},G.styles=[b,k`
      ol {
        display: grid;
        overflow: hidden;
      }
      .others {
        max-inline-size: 240px;
      }
    `],l([g({attribute:!1})],G.prototype,"decisions",2),l([g({type:Boolean})],G.prototype,"active",2),l([f()],G.prototype,"selected",2),l([f()],G.prototype,"newer",2),G=l([v("console-queue")],G);var Is=4.5,us="#2f4b7c",Ms=150,hs=["company_name","primary_color","logo_url","support_email","support_url","support_phone"],fe,I,ms,gs,Ke,fs,vt,Ge,Be,Ve,P=class extends T{constructor(){super(...arguments);p(this,I);this.base="";this.error=null;this.saved=!1;this.busy=!1;this.draft={};this.theme="light";p(this,fe);this.shownColour="";p(this,Ke,async(e,t)=>{if(!new URL(String(e)).pathname.endsWith("/embed/session"))return Pt("filled")(e,t);let s={...qt,organization:{slug:this.config.slug,branding:c(this,I,vt).call(this)}};return new Response(JSON.stringify({data:s}),{headers:{"Content-Type":"application/json"}})});p(this,Ge,e=>{let{name:t,value:s}=e.target;t&&(this.draft={...this.draft,[t]:s})});p(this,Be,e=>{e.stopPropagation(),this.draft={...this.draft,primary_color:e.target.value}});p(this,Ve,e=>{N(e),this.emit("brand-saved",c(this,I,vt).call(this))})}begin(){}willUpdate(e){if(!e.has("config"))return;let{branding:t}=this.config;this.draft=Object.fromEntries(hs.map(s=>[s,typeof t[s]=="string"?t[s]:""])),this.shownColour=this.draft.primary_color}updated(e){e.has("draft")&&c(this,I,fs).call(this)}view(){let e=d.settings,{draft:t,error:s}=this,i=re(t.primary_color)?t.primary_color:us;return n`<section class="stack">
      <div class="head"><h2>${e.brand}</h2></div>
      <div class="columns">
        <form class="card" @submit=${r(this,Ve)} @input=${r(this,Ge)}>
          ${x("company_name",e.company,t.company_name,s,{maxlength:60})}
          <div class="colour">
            ${x("primary_color",e.colour,t.primary_color,s,{maxlength:9,placeholder:us})}
            <input type="color" aria-label=${e.choose} .value=${Ds(i)} @input=${r(this,Be)} />
          </div>
          <p class="hint" role="status">${c(this,I,gs).call(this,t.primary_color??"")}</p>
          ${x("logo_url",e.logo,t.logo_url,s,{type:"url",maxlength:1e3})}
          ${x("support_email",e.email,t.support_email,s,{type:"email"})}
          ${x("support_url",e.url,t.support_url,s,{type:"url"})}
          ${x("support_phone",e.phone,t.support_phone,s)}
          ${q(s,this.texts)}
          <div class="row">
            <button class="button primary" type="submit" ?disabled=${this.busy}>${this.texts.actions.save}</button>
            <span class="muted" role="status">${this.saved?n`${A("check")} ${e.saved}`:h}</span>
          </div>
        </form>
        <div class="stack">
          <div class="head">
            <h3>${e.portal}</h3>
            <div class="push">${Se("theme",e.preview,[["light",e.light],["dark",e.dark]],this.theme,a=>this.theme=a)}</div>
          </div>
          <div class="frame" inert>
            <orderly-embed .baseUrl=${this.base} .sessionToken=${"example"} .fetch=${r(this,Ke)} theme=${this.theme}></orderly-embed>
          </div>
          <h3>${e.tracking}</h3>
          <p class="hint">${e.trackingHint}</p>
          <div class="frame"><iframe inert tabindex="-1" title=${e.tracking} src=${r(this,I,ms)}></iframe></div>
        </div>
      </div>
    </section>`}};fe=new WeakMap,I=new WeakSet,ms=function(){let e=document.documentElement.lang,t=new URLSearchParams({slug:this.config.slug,primary_color:this.shownColour,lang:e});return`${this.base}/console/tracking-preview?${t}`},gs=function(e){let t=d.settings;if(!e)return"";let s=re(e);if(!s)return t.badColour;let i=Tt(s,[255,255,255]),a=j(t.contrast,{n:this.format.number(Math.floor(i*10)/10)});if(i>=Is)return`${a} ${t.contrastGood}`;let{fill:m,onFill:$}=kt(e).light;return`${a} ${j(t.contrastAdjusted,{text:$,fill:m})}`},Ke=new WeakMap,fs=function(){this.renderRoot.querySelector("orderly-embed")?.session.restart(),clearTimeout(r(this,fe));let e=this.draft.primary_color?.trim()??"";D(this,fe,setTimeout(()=>{(!e||re(e))&&(this.shownColour=e)},Ms))},vt=function(){let e=Object.entries(this.config.branding).filter(([t])=>!hs.includes(t));return Object.fromEntries([...e,...Object.entries(this.draft).map(([t,s])=>[t,s.trim()]).filter(([,t])=>t)])},Ge=new WeakMap,Be=new WeakMap,Ve=new WeakMap,P.styles=[b,k`
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
    `],l([g({attribute:!1})],P.prototype,"config",2),l([g()],P.prototype,"base",2),l([g({attribute:!1})],P.prototype,"error",2),l([g({type:Boolean})],P.prototype,"saved",2),l([g({type:Boolean})],P.prototype,"busy",2),l([f()],P.prototype,"draft",2),l([f()],P.prototype,"theme",2),l([f()],P.prototype,"shownColour",2),P=l([v("console-brand")],P);function Ds(o){return`#${re(o).map(u=>u.toString(16).padStart(2,"0")).join("")}`}var Hs=["data_room","action_requests","smart_alerts","end_user_webhooks","branded_tracking"],S,vs,bs,bt,ys,Ye,ve,Z=class extends T{constructor(){super(...arguments);p(this,S);this.base="";this.saved=null;this.action=new V(this);this.config=new F(this,(e,t)=>e.embed.request("GET","/config/me",t));p(this,Ye,e=>{let{data:t,text:s}=N(e),i=s("slug");if(!this.config.answer)return void c(this,S,ve).call(this,"general",{slug:i});c(this,S,ve).call(this,"general",{slug:i,allowed_origins:s("allowed_origins").split(/\s+/).filter(Boolean),enabled_features:["bridges",...t.getAll("features")],is_active:t.has("is_active")})})}begin(){this.config.asked||this.config.load()}view(){let e=this.config.answer?.data,t=this.config.error?.code==="embed_not_configured";if(!e&&!t){let s=this.config.error&&!this.config.loading?this.problem(this.config):Y(8,this.texts);return n`<section class="stack"><h2>${d.settings.title}</h2><div class="card">${s}</div></section>`}return n`<div class="stack">
      ${e?n`<console-brand
              .config=${e}
              .base=${this.base}
              .error=${this.action.errorOf("branding")}
              ?saved=${this.saved==="branding"}
              ?busy=${this.action.busy!==null}
              @brand-saved=${s=>c(this,S,ve).call(this,"branding",{branding:s.detail})}
            ></console-brand>
            ${c(this,S,vs).call(this,e)}`:h}
      ${c(this,S,bs).call(this,e)}
    </div>`}};S=new WeakSet,vs=function(e){let t=d.settings,s=He(e),i=is.map(a=>[a,J(a,this.texts)]);return n`<section class="stack">
      <div class="head"><h2>${t.policies}</h2></div>
      <form class="card" @submit=${a=>c(this,S,ys).call(this,a,e)}>
        <p class="muted">${t.policiesHint}</p>
        ${ut.map(a=>{let m=s[a]??{};return n`<fieldset>
            <legend>${this.texts.requests.types[a]}</legend>
            <div class="two">
              <div class="stack">
                <label class="check"><input type="checkbox" name="${a}.enabled" .checked=${m.enabled!==!1} /><span>${t.allowed}</span></label>
                <label class="check"><input type="checkbox" name="${a}.auto" .checked=${m.autoApprove===!0} /><span>${t.auto}</span></label>
              </div>
              ${x(`${a}.minutes`,t.minutes,m.windowMinutes?.toString(),null,{type:"number",min:1})}
              ${Se(`${a}.until`,t.until,[["",t.always],...i],m.untilStatus??"")}
            </div>
          </fieldset>`})}
        ${c(this,S,bt).call(this,"policies")}
      </form>
    </section>`},bs=function(e){let t=d.settings,s=this.action.errorOf("general");return n`<section class="stack">
      <div class="head"><h2>${t.general}</h2></div>
      <form class="card" @submit=${r(this,Ye)}>
        ${x("slug",t.slug,e?.slug,s,{required:!0,maxlength:64})}
        ${e?n`<div class="field"><span>${t.publishable}</span>
                <div class="secret"><code class="code">${e.publishable_key}</code>${Re(e.publishable_key,this.texts)}</div></div>
              ${x("allowed_origins",t.origins,e.allowed_origins.join(`
`),s,{type:"area"})}
              <fieldset>
                <legend>${t.features}</legend>
                <div class="two">
                  ${Hs.map(i=>n`<label class="check">
                      <input type="checkbox" name="features" value=${i} .checked=${e.enabled_features.includes(i)} />
                      <span>${t.featureNames[i]}</span>
                    </label>`)}
                </div>
              </fieldset>
              <label class="check"><input type="checkbox" name="is_active" .checked=${e.is_active} /><span>${t.active}</span></label>`:h}
        ${c(this,S,bt).call(this,"general")}
      </form>
    </section>`},bt=function(e){return n`${q(this.action.errorOf(e),this.texts)}
      <div class="row">
        <button class="button primary" type="submit" ?disabled=${this.action.busy!==null}>${this.texts.actions.save}</button>
        <span class="muted" role="status">${this.saved===e?n`${A("check")} ${d.settings.saved}`:h}</span>
      </div>`},ys=function(e,t){let{data:s,text:i}=N(e),a=Object.fromEntries(ut.map(m=>{let $=i(`${m}.minutes`);return[m,{...He(t)[m],enabled:s.has(`${m}.enabled`),autoApprove:s.has(`${m}.auto`),windowMinutes:$?Number($):null,untilStatus:i(`${m}.until`)||null}]}));c(this,S,ve).call(this,"policies",{settings:{actionPolicies:a}})},Ye=new WeakMap,ve=async function(e,t){this.saved=null;let s=await this.action.run(e,i=>i.embed.request("PATCH","/config",{body:t}));s&&(this.saved=e,await this.config.load(),this.emit("operator-changed",{slug:s.slug,branding:s.branding}))},Z.styles=[b],l([g()],Z.prototype,"base",2),l([f()],Z.prototype,"saved",2),Z=l([v("console-settings")],Z);var $s=k`
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
  .toast .button {
    flex: none;
    white-space: nowrap;
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
`;var xs=["queue","merchants","events","settings","access"],Us={r:"queue",m:"merchants",e:"events",s:"settings",a:"access"},ee,ye,$e,_,be,yt,ws,ks,Ts,xe,Je,se,we,ke,B=class extends T{constructor(){super(...arguments);p(this,_);this.base="";this.place=oe(location.hash);p(this,ee,new Map);p(this,ye,new Map);p(this,$e,!1);p(this,xe,()=>this.renderRoot.querySelector("dialog").showModal());p(this,Je,()=>this.renderRoot.querySelector("#content").focus());p(this,se,e=>{e&&r(this,ye).set(this.place.path.join("/"),scrollY),this.place=oe(location.hash),r(this,ee).set(r(this,_,be),this.place.query.toString()),e&&this.updateComplete.then(()=>scrollTo(0,r(this,ye).get(this.place.path.join("/"))??0))});p(this,we,()=>this.requestUpdate());p(this,ke,e=>{if(this.hidden||Ne(e)||!le())return;let t=r(this,$e)?Us[e.key]:void 0;if(D(this,$e,e.key==="g"),t)qe(c(this,_,yt).call(this,t));else if(e.key==="?")r(this,xe).call(this);else if(e.key==="u")this.decisions.undo();else return;e.preventDefault(),e.stopImmediatePropagation()})}connectedCallback(){super.connectedCallback(),addEventListener("hashchange",r(this,se)),addEventListener("keydown",r(this,ke)),this.decisions.addEventListener("change",r(this,we)),r(this,se).call(this)}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("hashchange",r(this,se)),removeEventListener("keydown",r(this,ke)),this.decisions.removeEventListener("change",r(this,we))}begin(){}view(){let{branding:e,slug:t,name:s}=this.operator,i=typeof e.company_name=="string"&&e.company_name?e.company_name:t;return n`<header>
        <button class="button skip" type="button" @click=${r(this,Je)}>${d.skip}</button>
        <div class="wrap">
          <h1>${i}</h1>
          <span class="row push">
            <span class="muted small">${s}</span>
            <button class="button quiet icon" type="button" aria-label=${d.keys.title} @click=${r(this,xe)}><kbd>?</kbd></button>
            <button class="button" type="button" @click=${()=>this.dispatchEvent(new Event("sign-out"))}>${d.signIn.out}</button>
          </span>
        </div>
      </header>
      <nav aria-label=${d.sections.label}>
        <div class="wrap">
          ${xs.map(a=>n`<a href=${c(this,_,yt).call(this,a)} aria-current=${a===r(this,_,be)?"page":h}>${d.sections[a]}</a>`)}
        </div>
      </nav>
      <main class="wrap content" id="content" tabindex="-1">${c(this,_,ws).call(this)}</main>
      ${c(this,_,ks).call(this)} ${c(this,_,Ts).call(this)}`}};ee=new WeakMap,ye=new WeakMap,$e=new WeakMap,_=new WeakSet,be=function(){return this.place.path[0]??"queue"},yt=function(e){let t=e===r(this,_,be)?"":r(this,ee).get(e);return L(e)+(t?`?${t}`:"")},ws=function(){let[e,t]=[r(this,_,be),this.place.path.length>1],s=m=>e===m,i=(m,$,M=!s(m))=>r(this,ee).has(m)?n`<div ?hidden=${M}>${$(r(this,ee).get(m))}</div>`:h,a=xs.some(s)&&(!t||e==="merchants");return n`
      ${i("queue",m=>n`<console-queue .address=${m} .decisions=${this.decisions} ?active=${s("queue")}></console-queue>`)}
      ${i("merchants",m=>n`<console-merchants .address=${m}></console-merchants>`,!s("merchants")||t)}
      ${i("events",m=>n`<console-events .address=${m}></console-events>`)}
      ${s("merchants")&&t?n`<console-merchant .operator=${this.operator} .place=${this.place} .base=${this.base}></console-merchant>`:h}
      ${s("settings")?n`<console-settings .base=${this.base}></console-settings>`:h}
      ${s("access")?n`<console-access .operator=${this.operator}></console-access>`:h}
      ${a?h:Cs()}
    `},ks=function(){let e=d.queue,t=s=>{let i=s.status==="approved"?e.approving:e.denying,{title:a}=s;return s.state==="failed"?n`<div class="toast bad" role="alert">
          <span>${j(e.notSent,{title:a,reason:s.error.message})}</span>
          <button class="button" type="button" @click=${()=>this.decisions.dismiss(s.id)}>${this.texts.actions.close}</button>
        </div>`:n`<div class="toast">
        <span>${s.state==="sending"?e.sending:j(e.soon,{decision:i,title:a,n:s.secondsLeft})}</span>
        <button class="button" type="button" ?disabled=${s.state==="sending"} @click=${()=>this.decisions.undo(s.id)}>
          ${e.undo}
        </button>
      </div>`};return n`<div class="toasts">${[...this.decisions.pending.values()].slice(-5).map(t)}</div>`},Ts=function(){let e=d.keys,t=[["j",e.next],["k",e.previous],["a",e.approve],["d",e.deny],["n",e.note],["u",e.undo],["g",e.go],["?",e.help]];return n`<dialog aria-labelledby="keys">
      <div class="head"><h2 id="keys">${e.title}</h2></div>
      <dl class="pairs">${t.map(([s,i])=>n`<dt><kbd>${s}</kbd></dt><dd>${i}</dd>`)}</dl>
      <label class="check">
        <input type="checkbox" .checked=${le()} @change=${s=>Xt(s.target.checked)} />
        <span>${e.on}</span>
      </label>
      <form method="dialog"><button class="button">${this.texts.actions.close}</button></form>
    </dialog>`},xe=new WeakMap,Je=new WeakMap,se=new WeakMap,we=new WeakMap,ke=new WeakMap,B.styles=[b,$s],l([g({attribute:!1})],B.prototype,"operator",2),l([g({attribute:!1})],B.prototype,"decisions",2),l([g()],B.prototype,"base",2),l([f()],B.prototype,"place",2),B=l([v("console-shell")],B);function Cs(){let{title:o,hint:u,back:e}=d.nowhere;return H("search",o,u,n`<a class="button" href="#/">${e}</a>`,"status")}var Qe,C=class extends T{constructor(){super(...arguments);this.base="";this.expired=!1;this.known="";this.busy=!1;this.error=null;p(this,Qe,async e=>{let{text:t}=N(e);this.busy=!0,this.error=null;let{data:s,error:i}=await Ht(this.base,t("key"),t("name"));this.busy=!1,this.error=i,s&&this.dispatchEvent(new CustomEvent("signed-in",{detail:s}))})}begin(){}firstUpdated(){this.updateComplete.then(()=>this.renderRoot.querySelector("input")?.focus())}view(){let e=d.signIn,t=this.error?.status===401?{...this.error,message:e.wrong,details:[]}:this.error;return n`<main>
      <h1>${d.title}</h1>
      ${this.expired?n`<div class="notice warn" role="alert">${A("clock")}<div>${e.expired}</div></div>`:""}
      <form class="card" @submit=${r(this,Qe)}>
        ${this.error?.status===401?n`<div class="notice bad" role="alert">${A("alert")}<div>${e.wrong}</div></div>`:q(t,this.texts)}
        ${x("key",e.key,"",t,{type:"password",required:!0,hint:e.keyHint})}
        ${x("name",e.name,this.known,t,{required:!0,maxlength:100,hint:e.nameHint,autocomplete:"name"})}
        <button class="button primary" type="submit" ?disabled=${this.busy}>${e.submit}</button>
      </form>
    </main>`}};Qe=new WeakMap,C.styles=[b,k`
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
    `],l([g()],C.prototype,"base",2),l([g({type:Boolean})],C.prototype,"expired",2),l([g()],C.prototype,"known",2),l([f()],C.prototype,"busy",2),l([f()],C.prototype,"error",2),C=l([v("console-sign-in")],C);var Fs={name:"",expiresAt:"",scopes:[],slug:"",branding:{}},Xe=new URL(".",document.baseURI).href.replace(/\/$/,""),O,ne,Ze,Es,et,tt,st,it,Te,ie=class extends $t{constructor(){super(...arguments);p(this,Ze);this.operator=Dt();this.expired=!1;p(this,O,new Et);p(this,ne,new _e(r(this,O).session));p(this,et,e=>{this.operator&&this.operator.slug!==e.detail.slug&&r(this,O).querySelector("console-shell")?.remove(),this.operator=e.detail,this.expired=!1,Oe(e.detail),this.updateComplete.then(()=>r(this,O).session.restart())});p(this,tt,async()=>{await r(this,ne).flush();let e=this.operator;this.operator=null,history.replaceState(null,"",location.pathname),await Ut(Xe,e)});p(this,st,e=>{this.operator={...this.operator,...e.detail},Oe(this.operator)});p(this,it,e=>{e.detail.status===401&&e.detail.code!=="wrong_credential"&&this.operator&&(this.expired=!0)});p(this,Te,()=>{r(this,ne).flush()})}createRenderRoot(){return this}connectedCallback(){super.connectedCallback(),r(this,O).baseUrl=Xe,r(this,O).lang=document.documentElement.lang,r(this,O).fetch=At(()=>this.operator??Fs),this.addEventListener("orderly-error",r(this,it)),addEventListener("pagehide",r(this,Te))}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("pagehide",r(this,Te))}render(){let{operator:e}=this;return r(this,O).sessionToken=e?.token??"nobody",n`${r(this,O)}`}updated(){let{operator:e,expired:t}=this,s=r(this,O).querySelector("console-shell");e&&!s&&r(this,O).prepend(s=c(this,Ze,Es).call(this)),e&&s&&Object.assign(s,{operator:e,hidden:t}),e||s?.remove();let i=!e||t,a=r(this,O).querySelector("console-sign-in");i&&!a&&(a=document.createElement("console-sign-in"),a.addEventListener("signed-in",r(this,et)),r(this,O).append(a)),i&&a?Object.assign(a,{base:Xe,expired:t,known:e?.name??""}):a?.remove()}};O=new WeakMap,ne=new WeakMap,Ze=new WeakSet,Es=function(){let e=Object.assign(document.createElement("console-shell"),{decisions:r(this,ne),base:Xe});return e.addEventListener("sign-out",r(this,tt)),e.addEventListener("operator-changed",r(this,st)),e},et=new WeakMap,tt=new WeakMap,st=new WeakMap,it=new WeakMap,Te=new WeakMap,l([f()],ie.prototype,"operator",2),l([f()],ie.prototype,"expired",2),ie=l([v("orderly-console")],ie);var Ws=await Wt(navigator.languages);document.documentElement.lang=Ws;document.title=d.title;document.body.append(document.createElement("orderly-console"));export{ie as OrderlyConsole};
