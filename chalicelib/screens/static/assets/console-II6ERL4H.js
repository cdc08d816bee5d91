import{a as zt,c as Gt}from"./chunk-ATAFA3EU.js";import{A as se,B as Ie,C as He,D as Ft,E as S,F as Ue,G as q,H as K,I as Ct,O as Wt,P as Kt,a as R,b as r,c as p,d as jt,e as b,f,g as v,h as _,l as Nt,m as Dt,n as De,o as Mt,p as It,q as fe,r as Ht,s as k,t as D,u as I,v as Ut,w as W,x as Me,y as A,z as G}from"./chunk-TN2GUXYN.js";import{a as d,b as o,c as h,d as C,e as c}from"./chunk-TMRNBLX7.js";var bt="/api/v1/embed",ti={id:"",externalId:"",name:null,email:null};function Vt(n){return async(u,e)=>{let t=new URL(String(u)),s=Jt(t);return s==="/session"?yt(Yt(n(),ti,[])):(s.startsWith("/~/")&&Qt(t,`/api/v1${s.slice(2)}`),fetch(t,{...e,keepalive:e?.method==="PATCH"}))}}var si=[[/^\/(orders|shipments|tracking-pages)(\/[^/]+)?$/,"/api/v1/$1$2"],[/^\/tracking\/([^/]+)$/,"/api/v1/shipments/$1"],[/^\/(webhooks|webhooks\/[^/]+\/(deliveries|replay)|webhooks\/[^/]+\/deliveries\/[^/]+\/retry)$/,"/api/v1/$1"],[/^\/alerts\/notifications$/,"/api/v1/notifications"],[/^\/alerts\/rules$/,"/api/v1/alert-rules"],[/^\/(bridges|bridges\/[^/]+\/runs)$/,"/api/v1/$1"]];function Bt(n,u){return async(e,t)=>{let s=new URL(String(e)),i=Jt(s);if(i==="/session")return yt(Yt(n,u,ii));let[a,m]=si.find(([g])=>g.test(i))??[];return a?(Qt(s,i.replace(a,m)),s.searchParams.set("end_user_id",u.id),fetch(s,t)):yt({code:"not_found",message:"The console does not show this."},404)}}var ii=["bridges:read","orders:read","shipments:read","tracking:read","alerts:read","webhooks:read"],ri=["bridges","data_room","smart_alerts","end_user_webhooks","branded_tracking"];function Yt(n,u,e){return{sessionId:"",expiresAt:n.expiresAt,scopes:e,enabledFeatures:ri,allowedBridgeTypes:[],readOnly:!0,endUser:u,organization:{slug:n.slug,branding:{}}}}function Jt(n){return n.pathname.slice(n.pathname.indexOf(bt)+bt.length)}function Qt(n,u){n.pathname=n.pathname.slice(0,n.pathname.indexOf(bt))+u}function yt(n,u=200){let e=u<400?{data:n}:{error:n};return new Response(JSON.stringify(e),{status:u,headers:{"Content-Type":"application/json"}})}var Fe=class extends EventTarget{constructor(e){super();this.pending=new Map;this.#t=new Map;this.#e=e}#e;#t;decide(e){this.pending.get(e.id)?.state!=="sending"&&(this.#i(e.id),this.pending.delete(e.id),this.pending.set(e.id,{...e,state:"waiting",secondsLeft:5e3/1e3,error:null}),this.#t.set(e.id,setInterval(()=>this.#n(e.id),1e3)),this.#s())}undo(e){let t=[...this.pending.values()].filter(({state:i})=>i==="waiting"),s=e?t.find(i=>i.id===e):t.at(-1);return s?(this.#r(s.id),s):null}dismiss(e){this.pending.get(e)?.state==="failed"&&this.#r(e)}async flush(){await Promise.all([...this.pending.values()].filter(({state:e})=>e==="waiting").map(({id:e})=>this.#o(e)))}#n(e){let t=this.pending.get(e);if(!t)return this.#i(e);t.secondsLeft-=1,t.secondsLeft<=0?this.#o(e):this.#s()}async#o(e){let t=this.pending.get(e);this.#i(e),t.state="sending",this.#s();let{status:s,note:i,application:a}=t,m={status:s,...i?{resolutionNote:i}:{},...a?{application:a}:{}},{error:g}=await this.#e.call($=>$.embed.request("PATCH",`/action-requests/${e}/resolve`,{body:m}));if(g){t.state="failed",t.error=g,this.#s();return}this.#r(e),this.dispatchEvent(new CustomEvent("sent",{detail:t}))}#r(e){this.#i(e),this.pending.delete(e),this.#s()}#i(e){clearInterval(this.#t.get(e)),this.#t.delete(e)}#s(){this.dispatchEvent(new Event("change"))}};var $t="orderly-console";function Zt(){try{let n=JSON.parse(sessionStorage.getItem($t)??"null");return n&&Date.parse(n.expiresAt)>Date.now()?n:null}catch{return null}}function Ce(n){n?sessionStorage.setItem($t,JSON.stringify(n)):sessionStorage.removeItem($t)}async function es(n,u,e){let t=await wt(n,"POST","/api/v1/console/sessions",u,{name:e});if(t.error)return t;let{token:s,id:i,expires_at:a,scopes:m}=t.data,g=await wt(n,"GET","/api/v1/embed/config/me",s),{slug:$,branding:F}=g.data??{slug:"",branding:{}};return{data:{token:s,id:i,name:e,expiresAt:a,scopes:m??[],slug:$,branding:F},error:null}}async function ts(n,u){Ce(null),await wt(n,"DELETE",`/api/v1/console/sessions/${u.id}`,u.token)}async function wt(n,u,e,t,s){try{let i=await fetch(n+e,{method:u,headers:{Authorization:`Bearer ${t}`,...s?{"Content-Type":"application/json"}:{}},body:s&&JSON.stringify(s),credentials:"omit",keepalive:!0}),a=await i.json().catch(()=>null);return i.ok?{data:a?.data??a,error:null}:{data:null,error:Xt(i.status,a?.error)}}catch(i){return{data:null,error:Xt(0,{code:"NETWORK_ERROR",message:String(i)})}}}function Xt(n,u){let{code:e="UNREADABLE_ANSWER",message:t="",details:s=[]}=u??{};return{code:e,message:t,status:n,details:s,requestId:null,retryAfter:null}}function ge(n){let[u="",e=""]=n.replace(/^#\/?/,"").split("?");return{path:u.split("/").filter(Boolean).map(oi),query:new URLSearchParams(e)}}function w(...n){return`#/${n.map(encodeURIComponent).join("/")}`}function ss(n){let u=Object.entries(n).filter(t=>!!t[1]),e=u.length?`?${new URLSearchParams(u)}`:"";history.replaceState(history.state,"",`${location.hash.split("?")[0]||"#/"}${e}`)}function ve(n){location.hash=n}function oi(n){try{return decodeURIComponent(n)}catch{return n}}var x=class extends Me{constructor(){super(...arguments);this.needs=["",[]]}get isAllowed(){return!0}},Y=class extends Ct{constructor(){super(...arguments);this.needs=["",[]];this.address="";this.#e=null}get isAllowed(){return!0}willUpdate(e){super.willUpdate(e),e.has("address")&&this.address!==this.#e&&this.#t()}#e;#t(){let{cursors:e,...t}=Object.fromEntries(new URLSearchParams(this.address));this.filters=t,this.cursors=e?e.split(","):[],this.#e=this.address,this.page.asked&&this.page.load()}placed(){ss({...this.filters,cursors:this.cursors.join(",")}),this.#e=ge(location.hash).query.toString()}async read(e,t,s){return await e.embed.request("GET",this.path,{query:t,...s})}csv(){return{name:"",rows:[]}}};d([f()],Y.prototype,"address",2);function H(...n){let u=e=>typeof e=="string"?e:r`<span class="hidden">${e.hidden}</span>`;return r`<tr role="row">${n.map(e=>r`<th role="columnheader">${u(e)}</th>`)}</tr>`}var y=[Nt,Dt,Ft,R`
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
  `];var xt={title:"Console",skip:"Skip to the content",actions:"Actions",signIn:{title:"Sign in",key:"API key",keyHint:"It begins with oh_. The console can do what the key can, for 8 hours.",name:"Your name",nameHint:"What you do is logged with it.",submit:"Sign in",expired:"Your session has ended. Sign in again to go on where you were.",wrong:"This is not an API key of this system, or it was revoked.",out:"Sign out"},sections:{label:"Sections",queue:"Requests",merchants:"Merchants",events:"Events",settings:"Settings",access:"Access"},keys:{title:"Keys",search:"search",next:"next request",previous:"previous request",approve:"approve",deny:"deny",note:"write a note; Ctrl+Enter approves",undo:"undo the last decision",go:"then r, m, e, s, a: go to a section",help:"these keys",on:"React to these keys"},search:{title:"Search",label:"Order number, tracking number or e-mail",hint:"The whole number or address, over all merchants.",none:"Nothing has this number or address.",order:"Order",shipment:"Shipment",merchant:"Merchant",found:{one:"{n} result for “{q}”",other:"{n} results for “{q}”"}},queue:{title:"Requests",empty:"Nothing waits for a decision",emptyHint:"Requests of merchants appear here.",order:"Order",customer:"Customer",merchant:"Merchant",asked:"Asked",expires:"Expires",reason:"Reason",changes:"Change",policy:"Policy",note:"Note to the merchant",noteHint:"Sent with your decision.",approve:"Approve",deny:"Deny",approving:"Approved",denying:"Denied",soon:"{decision}: {title}. Sent in {n} s.",sending:"Sending…",notSent:"{title} was not decided: {reason}",undo:"Undo",refund:"Also pay back what the shopper paid",notify:"Let the shop write to the shopper",decided:"Decided by {who}, {time}",answer:"Note",application:"At the shop",retry:"Try again",markDone:"Mark as done",doneNote:"What was done (optional)",deleted:"deleted",policies:{off:"Not allowed by your settings now.",auto:"Approved without you while the policy holds.",person:"Decided by a person.",window:"Within {n} minutes of the order.",until:"Until the order is “{status}”."},new:"There are newer requests.",show:"Show them"},merchants:{title:"Merchants",search:"Search by your id",empty:"No merchants yet",emptyHint:"A merchant appears once your application opens a session for them.",merchant:"Merchant",id:"Your id",email:"E-mail",connections:"Connections",since:"Since",view:"See what they see",viewHint:"Opens the portal for 15 minutes. Nothing can be changed there, and it is logged.",opened:"The portal was opened in a new tab.",blocked:"Your browser blocked the new tab. Open it here:",open:"Open the portal",tabs:{orders:"Orders",shipments:"Shipments",connections:"Connections",webhooks:"Webhooks",alerts:"Alerts",pages:"Tracking pages",sessions:"Sessions",events:"Events"},sessions:{empty:"No live sessions",emptyHint:"The merchant is not signed in anywhere.",kind:"Kind",kinds:{server:"By your server",auto:"By the browser",read_only:"Read-only"},begun:"Begun",ends:"Ends",end:"End",endAll:"End all sessions",endAllSure:"End all sessions now",ended:{one:"{n} session was ended.",other:"{n} sessions were ended."},allEnded:"All sessions were ended."}},events:{title:"Event log",empty:"Nothing has happened yet",event:"Event",about:"About",by:"By",time:"Time",type:"Type",typeHint:"order.created",details:"Details",apply:"Filter"},why:{title:"Why did it not arrive?",link:"Why did it not arrive?",hint:"What happened to order {number}, and what each webhook was told of it.",verdicts:{fine:"Everything was delivered.",none:"No webhook was told of this order: none wants its events.",failed:{one:"{n} delivery failed.",other:"{n} deliveries failed."},pending:{one:"{n} delivery waits for its next attempt.",other:"{n} deliveries wait for their next attempt."},skipped:{one:"{n} delivery was skipped.",other:"{n} deliveries were skipped."}},attempt:"Attempt {n}",receiver:"Webhook",answer:"Answer",retry:"Send again",sent:"It is sent again.",noEvents:"There are no events of this order.",noDeliveries:"Not delivered to any webhook: none wants this event.",partial:"There is more than is shown here. The webhook’s own list has all of it."},settings:{title:"Settings",brand:"Brand",company:"Company name",colour:"Brand colour",logo:"Logo (https address)",email:"E-mail for shoppers",url:"Help page",phone:"Phone for shoppers",saved:"Saved.",preview:"Preview",portal:"Portal",tracking:"Tracking page",trackingHint:"With the saved name and logo, and the colour above.",light:"Light",dark:"Dark",contrast:"White text on this colour has a contrast of {n} : 1.",contrastGood:"That is enough (4.5 : 1).",contrastAdjusted:"That is less than 4.5 : 1, so text is shown as {text} on {fill}.",badColour:"A colour such as #0f766e",policies:"Requests of merchants",policiesHint:"What merchants may ask for an order, and what needs no decision of yours.",allowed:"Allowed",auto:"Approve without asking",minutes:"Minutes since the order",until:"Until the order is",always:"Always",general:"General",slug:"Slug",origins:"Pages that may call the API and show the portal, one a line",features:"Features",featureNames:{bridges:"Connections",data_room:"Orders and shipments",action_requests:"Requests",smart_alerts:"Alerts",end_user_webhooks:"Webhooks",branded_tracking:"Tracking pages"},active:"The embed is active. Without it, merchants see nothing.",publishable:"Publishable key",choose:"Choose a colour"},access:{title:"Access",keys:"API keys",name:"Name",scopes:"May",scopeNames:{"embed:manage":"manage merchants, settings and requests","bridges:sync":"send orders and shipments","keys:manage":"manage API keys"},key:"Key",used:"Last used",never:"Never",expires:"Expires",no:"Never",create:"Create key",add:"New key",once:"This is the key. It is shown only now.",revoke:"Revoke",own:"Your own",operators:"Signed in to the console",operator:"Name",begun:"Since",until:"Until",end:"End",you:"You",noOperators:"Nobody is signed in."},nowhere:{title:"There is nothing here",hint:"The link may be old or incomplete.",back:"Back to the start"}};var is={de:async()=>(await import("./de-RTKRMUQF.js")).de},l=xt;async function rs(n){let e=n.map(s=>s.toLowerCase().split("-")[0]).find(s=>s==="en"||Object.hasOwn(is,s))??"en",t=await is[e]?.().catch(()=>null);return l=t??xt,t?e:"en"}var ni=["embed:manage","bridges:sync","keys:manage"],O,os,ns,kt,as,ls,We,Ke,ds,cs,J=class extends x{constructor(){super(...arguments);h(this,O);this.adding=!1;this.sure=null;this.created=null;this.action=new W(this);this.keys=new A(this,(e,t)=>e.embed.request("GET",`${"/~"}/api-keys`,t));this.operators=new A(this,(e,t)=>e.embed.request("GET",`${"/~"}/console/sessions`,t));h(this,We,async()=>{this.adding=!0,this.created=null,this.action.clear(),await this.updateComplete,this.renderRoot.querySelector("[name=name]").focus()});h(this,Ke,async e=>{let{data:t,text:s}=K(e),i=s("expires"),a=t.getAll("scopes"),m={name:s("name"),scopes:a,...i?{expiresAt:new Date(`${i}T23:59:59`).toISOString()}:{}},g=await this.action.run("create",($,F)=>$.embed.request("POST",`${"/~"}/api-keys`,{body:m,...F}));g&&(this.created=g,this.adding=!1,await this.keys.load())})}begin(){this.keys.asked||this.keys.load(),this.operators.asked||this.operators.load()}view(){let e=l.access;return r`<div class="stack">
      <div class="head">
        <h2>${e.keys}</h2>
        <button class="button primary push" type="button" ?hidden=${this.adding} @click=${o(this,We)}>${k("plus")}${e.add}</button>
      </div>
      ${this.created?c(this,O,as).call(this,this.created):p} ${this.adding?c(this,O,ls).call(this):p}
      ${this.adding?p:q(this.action.error,this.texts)}
      <div class="card scroll cards">${c(this,O,os).call(this)}</div>
      <div class="head"><h2>${e.operators}</h2></div>
      <div class="card scroll cards">${c(this,O,ns).call(this)}</div>
    </div>`}};O=new WeakSet,os=function(){let e=l.access,t=this.keys.answer?.data;return t?r`<table role="table">
      <thead role="rowgroup">${H(e.name,e.scopes,e.used,e.expires,{hidden:l.actions})}</thead>
      <tbody role="rowgroup">
        ${t.map(s=>r`<tr role="row">
            <td role="cell" class="first">${s.name}<span class="also code">${s.prefix}…</span></td>
            <td role="cell" class="wide">${s.scopes.map(i=>e.scopeNames[i]??i).join(", ")}</td>
            <td role="cell" class="muted wide">${s.last_used_at?this.format.dateTime(s.last_used_at):e.never}</td>
            <td role="cell" class="muted wide">${s.expires_at?this.format.dateTime(s.expires_at):e.no}</td>
            <td role="cell" class="second end">${c(this,O,kt).call(this,s.id,e.revoke,()=>c(this,O,ds).call(this,s.id))}</td>
          </tr>`)}
      </tbody>
    </table>`:this.keys.error&&!this.keys.loading?this.problem(this.keys):I(3,this.texts)},ns=function(){let e=l.access,t=this.operators.answer?.data;return t?t.length?r`<table role="table">
      <thead role="rowgroup">${H(e.operator,e.begun,e.until,{hidden:l.actions})}</thead>
      <tbody role="rowgroup">
        ${t.map(s=>r`<tr role="row">
            <td role="cell" class="first">${s.name} ${s.id===this.operator.id?r`<span class="badge">${e.you}</span>`:p}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.created_at)}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.expires_at)}</td>
            <td role="cell" class="second end">
              ${s.id===this.operator.id?p:c(this,O,kt).call(this,s.id,e.end,()=>c(this,O,cs).call(this,s.id))}
            </td>
          </tr>`)}
      </tbody>
    </table>`:D("lock",e.noOperators,p,p,"status"):this.operators.error&&!this.operators.loading?this.problem(this.operators):I(2,this.texts)},kt=function(e,t,s){let i=this.sure===e;return r`<button
      class="link"
      type="button"
      ?disabled=${this.action.busy!==null}
      @click=${()=>i?s():this.sure=e}
      @blur=${()=>this.sure=null}
    >
      ${i?this.texts.actions.sure:t}
    </button>`},as=function(e){return r`<div class="notice good" role="status">
      ${k("lock")}
      <div class="stack">
        <p><strong>${e.name}</strong>: ${l.access.once}</p>
        <div class="secret"><code class="code">${e.key}</code>${Ie(e.key,this.texts)}</div>
      </div>
    </div>`},ls=function(){let e=l.access,t=this.action.error,s=ni.filter(i=>!this.operator.scopes.length||this.operator.scopes.includes(i));return r`<form class="card" @submit=${o(this,Ke)}>
      ${q(t,this.texts)} ${S("name",e.name,"",t,{required:!0,maxlength:100})}
      <fieldset>
        <legend>${e.scopes}</legend>
        ${s.map(i=>r`<label class="check">
            <input type="checkbox" name="scopes" value=${i} /><span>${e.scopeNames[i]} <span class="hint code">${i}</span></span>
          </label>`)}
      </fieldset>
      ${S("expires",e.expires,"",t,{type:"date"})}
      <div class="row">
        <button class="button primary" type="submit" ?disabled=${this.action.busy!==null}>${e.create}</button>
        <button class="button" type="button" @click=${()=>this.adding=!1}>${this.texts.actions.cancel}</button>
      </div>
    </form>`},We=new WeakMap,Ke=new WeakMap,ds=async function(e){this.sure=null,await this.action.run(e,t=>t.embed.request("DELETE",`${"/~"}/api-keys/${e}`))&&await this.keys.load()},cs=async function(e){this.sure=null,await this.action.run(e,s=>s.embed.request("DELETE",`${"/~"}/console/sessions/${e}`))&&await this.operators.load()},J.styles=[y],d([f({attribute:!1})],J.prototype,"operator",2),d([v()],J.prototype,"adding",2),d([v()],J.prototype,"sure",2),d([v()],J.prototype,"created",2),J=d([b("console-access")],J);var ze,ps,Ge,re=class extends Y{constructor(){super(...arguments);h(this,ze);this.merchant="";this.shown=null;this.path="/events";h(this,Ge,e=>{this.filter({event_type:K(e).text("event_type")})})}read(e,t,s){return super.read(e,this.merchant?{...t,end_user_id:this.merchant}:t,s)}view(){let e=l.events;return r`<section class="stack">
      ${this.merchant?p:r`<div class="head"><h2>${e.title}</h2></div>`}
      <form role="search" @submit=${o(this,Ge)}>
        <label class="field">
          <span>${e.type}</span>
          <input class="input" name="event_type" list="types" maxlength="100" placeholder=${e.typeHint} .value=${this.filters.event_type??""} />
          <datalist id="types">${Object.keys(this.texts.events).map(t=>r`<option value=${t}></option>`)}</datalist>
        </label>
        ${this.dayField("from")} ${this.dayField("to")}
        <div><button class="button" type="submit">${e.apply}</button></div>
      </form>
      ${this.list()}
    </section>`}head(){let e=l.events;return H(e.event,e.about,e.by,e.time)}row(e){let t=this.shown===e.id,s=Object.keys(e.metadata).length>0;return r`<tr role="row">
      <td role="cell" class="first">
        ${Object.hasOwn(this.texts.events,e.event_type)?r`${He(e.event_type,this.texts)} <span class="also code">${e.event_type}</span>`:r`<span class="code">${e.event_type}</span>`}
        ${s?r`<button class="link small" type="button" aria-expanded=${t} @click=${()=>this.shown=t?null:e.id}>
              ${l.events.details}
            </button>`:p}
        ${t?r`<pre>${JSON.stringify(e.metadata,null,2)}</pre>`:p}
      </td>
      <td role="cell" class="wide">${c(this,ze,ps).call(this,e)}</td>
      <td role="cell" class="muted wide">${ai(e)}</td>
      <td role="cell" class="muted date">${this.format.dateTime(e.created_at)}</td>
    </tr>`}empty(){return D("inbox",l.events.empty,p,p,"status")}};ze=new WeakSet,ps=function(e){let t=r`<span class="also code">${e.resource_type} ${e.resource_id??p}</span>`;return e.end_user_id&&e.resource_id&&e.resource_type==="order"?r`<a href=${w("merchants",e.end_user_id,"orders",e.resource_id)}>${l.search.order}</a> ${t}`:e.end_user_id&&!this.merchant?r`<a href=${w("merchants",e.end_user_id)}>${l.search.merchant}</a> ${t}`:t},Ge=new WeakMap,re.styles=[y,De,R`
      form {
        padding: 0;
        grid-template-columns: repeat(auto-fit, minmax(min(160px, 100%), 1fr));
        align-items: end;
      }
    `],d([f()],re.prototype,"merchant",2),d([v()],re.prototype,"shown",2),re=d([b("console-events")],re);function ai(n){let{operator:u,actor_name:e}=n.metadata,t=u??e;return typeof t=="string"?t:n.ip_address??""}var hs="orderly-console-keys";function be(){return sessionStorage.getItem(hs)!=="off"}function us(n){sessionStorage.setItem(hs,n?"on":"off")}function Ve(n){let u=n.composedPath()[0];return n.ctrlKey||n.metaKey||n.altKey||n.isComposing||n.defaultPrevented?!0:u instanceof Element&&u.matches("input:not([type=checkbox]), textarea, select, [contenteditable], dialog *, dialog")}var le,ms,fs,Be,ee=class extends x{constructor(){super(...arguments);h(this,le);this.merchant="";this.sure=!1;this.told="";this.action=new W(this);this.sessions=new A(this,(e,t)=>e.embed.request("GET",`/users/${this.merchant}/sessions`,t));h(this,Be,async()=>{let e=await this.action.run("all",t=>t.embed.request("DELETE",`/users/${this.merchant}/sessions`));this.sure=!1,e&&(this.told=l.merchants.sessions.allEnded,await this.sessions.load())})}begin(){this.sessions.asked||this.sessions.load()}view(){let e=l.merchants.sessions,t=this.sessions.answer?.data;return r`<section class="stack">
      ${q(this.action.error,this.texts)}
      ${this.told?r`<div class="notice good" role="status">${this.told}</div>`:p}
      ${t?.length?r`<div class="row">
            ${this.sure?r`<button class="button danger" type="button" ?disabled=${this.action.busy!==null} @click=${o(this,Be)}>${e.endAllSure}</button>
                  <button class="button" type="button" @click=${()=>this.sure=!1}>${this.texts.actions.cancel}</button>`:r`<button class="button danger" type="button" @click=${()=>this.sure=!0}>${e.endAll}</button>`}
          </div>`:p}
      <div class="card scroll cards">${c(this,le,ms).call(this,t)}</div>
    </section>`}};le=new WeakSet,ms=function(e){let t=l.merchants.sessions;return e?e.length?r`<table role="table">
      <thead role="rowgroup">${H(t.kind,t.begun,t.ends,{hidden:l.actions})}</thead>
      <tbody role="rowgroup">
        ${e.map(s=>r`<tr role="row">
            <td role="cell" class="first">${t.kinds[s.kind]??s.kind}<span class="also">${s.scopes.join(" ")}</span></td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.created_at)}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.expires_at)}</td>
            <td role="cell" class="second end">
              <button class="link" type="button" ?disabled=${this.action.busy!==null} @click=${()=>c(this,le,fs).call(this,s.id)}>${t.end}</button>
            </td>
          </tr>`)}
      </tbody>
    </table>`:D("lock",t.empty,t.emptyHint,p,"status"):this.sessions.error&&!this.sessions.loading?this.problem(this.sessions):I(3,this.texts)},fs=async function(e){await this.action.run(e,s=>s.embed.request("DELETE",`/sessions/${e}`))&&await this.sessions.load()},Be=new WeakMap,ee.styles=[y],d([f()],ee.prototype,"merchant",2),d([v()],ee.prototype,"sure",2),d([v()],ee.prototype,"told",2),ee=d([b("console-sessions")],ee);var li=50,T,gs,vs,bs,Tt,ys,$s,ws,xs,oe=class extends Me{constructor(){super(...arguments);h(this,T);this.needs=["orders:read","data_room"];this.merchant="";this.order="";this.action=new W(this);this.found=new A(this,(e,t)=>e.embed.orders.get(this.order,{},t));this.told=new A(this,(e,t)=>c(this,T,vs).call(this,e,t))}begin(){this.found.asked||c(this,T,gs).call(this)}view(){let e=l.why,t=this.found.answer?.data,s=t?t.order_number??t.external_id:"";return r`<section class="stack">
      <div class="head">
        <a class="button quiet icon" href=${w("merchants",this.merchant,"orders",this.order)} aria-label=${this.texts.actions.back}>${k("back")}</a>
        <h2>${e.title}</h2>
      </div>
      ${t?c(this,T,bs).call(this,t,s):c(this,T,Tt).call(this,this.found)}
    </section>`}};T=new WeakSet,gs=async function(){await this.found.load(),this.found.answer&&await this.told.load()},vs=async function(e,t){let s=await e.embed.webhooks.list({},t);if(s.error)return s;let{order_number:i}=this.found.answer.data,a={order_number:i??this.found.answer.data.external_id,limit:li},m=await Promise.all(s.data.map(({id:F})=>e.embed.webhooks.deliveries(F,a,t))),g=m.find(({error:F})=>F);return g?.error?{data:null,error:g.error}:{data:s.data.map((F,Ne)=>{let{data:Zs,pagination:ei}=m[Ne];return{webhook:F,deliveries:Zs,partial:ei?.hasMore??!1}}),error:null}},bs=function(e,t){let s=l.why,i=this.told.answer?.data,a=e.activities.map(({title:m,description:g,timestamp:$,from:F,to:Ne})=>({title:m,text:F&&Ne?_(this.texts.order.changed,{from:F,to:Ne}):g,time:$}));return r`<p class="muted">${_(s.hint,{number:t})}</p>
      ${i?c(this,T,ys).call(this,i):p} ${q(this.action.error,this.texts)}
      <div class="columns">
        <div class="stack">${i?i.map(m=>c(this,T,$s).call(this,m)):c(this,T,Tt).call(this,this.told)}</div>
        <section class="card">
          <h3>${this.texts.order.timeline}</h3>
          ${a.length?Wt(a,this.format):r`<p class="pad muted">${s.noEvents}</p>`}
        </section>
      </div>`},Tt=function(e){return r`<div class="card">${e.error&&!e.loading?this.problem(e):I(5,this.texts)}</div>`},ys=function(e){let t=l.why.verdicts,s=e.flatMap(({deliveries:m})=>di(m)),i=m=>s.filter(g=>g.status===m).length,a=["failed","pending","skipped"].filter(m=>i(m)>0);if(a.length){let m=a.map(g=>this.format.plural(i(g),t[g]));return r`<div class="notice ${a[0]==="failed"?"bad":"warn"}" role="status">${k("alert")}<div>${m.join(" ")}</div></div>`}return s.length?r`<div class="notice good" role="status">${k("check")}<div>${t.fine}</div></div>`:r`<div class="notice warn" role="status">${k("alert")}<div>${t.none}</div></div>`},$s=function({webhook:e,deliveries:t,partial:s}){let i=l.why,a=H(this.texts.webhooks.event,this.texts.list.status,i.answer,this.texts.webhooks.time);return r`<section class="card scroll cards told">
      <h3>
        ${e.description??e.url}
        ${e.is_active?p:G("disabled",this.texts)}
        ${e.disabled_reason?r`<span class="muted small">${e.disabled_reason}</span>`:p}
      </h3>
      ${t.length?r`<table role="table">
            <thead role="rowgroup">${a}</thead>
            <tbody role="rowgroup">${t.map(m=>c(this,T,ws).call(this,e,m))}</tbody>
          </table>`:r`<p class="pad muted">${i.noDeliveries}</p>`}
      ${s?r`<p class="pad muted">${i.partial}</p>`:p}
    </section>`},ws=function(e,t){let s=t.response_status??t.error_class??"",i=[t.error,t.response_snippet].filter(Boolean).join(`
`);return r`<tr role="row">
      <td role="cell" class="first">${He(t.event_type,this.texts)} <span class="also code">${t.event_type}</span></td>
      <td role="cell" class="second">${G(t.status,this.texts)}</td>
      <td role="cell" class="wide">
        ${s} ${i?r`<pre>${i}</pre>`:p}
        ${t.next_attempt_at?r`<span class="also">${_(this.texts.webhooks.nextAttempt,{time:this.format.dateTime(t.next_attempt_at)})}</span>`:p}
      </td>
      <td role="cell" class="muted wide">
        ${this.format.dateTime(t.created_at)} <span class="also">${_(l.why.attempt,{n:t.attempt})}</span>
        ${t.status==="succeeded"?p:r`<button class="link small" type="button" ?disabled=${this.action.busy!==null} @click=${()=>c(this,T,xs).call(this,e.id,t)}>
              ${l.why.retry}
            </button>`}
      </td>
    </tr>`},xs=async function(e,t){await this.action.run(t.id,i=>i.embed.webhooks.retryDelivery(e,t.delivery_id))&&await this.told.load()},oe.styles=[y,De,Kt,R`
      .columns {
        display: grid;
        gap: 16px;
        align-items: start;
        grid-template-columns: minmax(0, 2fr) minmax(260px, 1fr);
      }
      .told h3 {
        padding-block-end: 10px;
      }
      @container (max-width: 860px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `],d([f()],oe.prototype,"merchant",2),d([f()],oe.prototype,"order",2),oe=d([b("console-why")],oe);function di(n){let u=new Map;for(let e of n){let t=u.get(e.delivery_id);(!t||t.created_at<e.created_at||t.status!=="succeeded"&&e.status==="succeeded")&&u.set(e.delivery_id,e)}return[...u.values()]}var Ye={orders:()=>r`<orderly-orders></orderly-orders>`,shipments:()=>r`<orderly-shipments></orderly-shipments>`,connections:()=>r`<orderly-bridges></orderly-bridges>`,webhooks:()=>r`<orderly-webhooks></orderly-webhooks>`,alerts:()=>r`<orderly-alerts></orderly-alerts>`,pages:()=>r`<orderly-tracking-pages></orderly-tracking-pages>`},ks=["sessions","events"],ci={order:"orders",shipment:"shipments",connect:"connections",trackingPages:"pages"},$e,de,L,ye,Ts,Et,Es,Je,Qe,Rs,V=class extends x{constructor(){super(...arguments);h(this,L);this.base="";this.portalUrl=null;this.opened=!1;this.action=new W(this);this.merchant=new A(this,(e,t)=>e.embed.request("GET",`/users/${encodeURIComponent(o(this,L,ye))}`,t));h(this,$e,"");h(this,de,null);h(this,Je,e=>{let{view:t,id:s}=e.detail,i=ci[t]??t;i in Ye&&(e.preventDefault(),ve(w("merchants",o(this,L,ye),i,...s===null?[]:[s])))});h(this,Qe,async()=>{let e=window.open("about:blank","_blank"),t={externalId:this.merchant.answer.data.external_id,readOnly:!0},s=await this.action.run("view",i=>i.embed.request("POST","/sessions",{body:t}));this.portalUrl=s?.portalUrl??null,this.opened=!1,e&&s?(e.opener=null,e.location.replace(s.portalUrl),this.opened=!0):e?.close()})}begin(){o(this,$e)!==o(this,L,ye)&&(C(this,$e,o(this,L,ye)),this.merchant.clear(),this.portalUrl=null,this.opened=!1,C(this,de,null),this.merchant.load())}updated(e){e.has("place")&&this.session?.usable&&this.begin()}view(){let e=this.merchant.answer?.data;if(!e){let i=this.merchant.error&&!this.merchant.loading?this.problem(this.merchant):I(6,this.texts);return r`<div class="stack">${c(this,L,Et).call(this)}<div class="card">${i}</div></div>`}let t=o(this,L,Ts),s=l.merchants.tabs;return r`<section class="stack">
      <div class="head">
        ${c(this,L,Et).call(this)}
        <h2>${e.name??e.external_id}</h2>
        <span class="muted">
          ${e.name?r`<span class="code">${e.external_id}</span>`:p} ${e.email??p}
        </span>
        <button class="button push" type="button" title=${l.merchants.viewHint} ?disabled=${this.action.busy!==null} @click=${o(this,Qe)}>
          ${l.merchants.view}
        </button>
      </div>
      ${q(this.action.error,this.texts)} ${c(this,L,Rs).call(this)}
      <nav class="tabs" aria-label=${e.name??e.external_id}>
        ${[...Object.keys(Ye),...ks].map(i=>r`<a href=${w("merchants",e.id,i)} aria-current=${i===t?"page":p}>${s[i]}</a>`)}
      </nav>
      ${c(this,L,Es).call(this,e,t)}
    </section>`}};$e=new WeakMap,de=new WeakMap,L=new WeakSet,ye=function(){return this.place.path[1]},Ts=function(){let e=this.place.path[2]??"orders";return e==="why"?"orders":e in Ye||ks.includes(e)?e:"orders"},Et=function(){return r`<a class="button quiet icon" href=${w("merchants")} aria-label=${this.texts.actions.back}>${k("back")}</a>`},Es=function(e,t){if(t==="sessions")return r`<console-sessions .merchant=${e.id}></console-sessions>`;if(t==="events")return r`<console-events .merchant=${e.id} .address=${this.place.query.toString()}></console-events>`;let{id:s,external_id:i,name:a,email:m}=e;o(this,de)??C(this,de,Bt(this.operator,{id:s,externalId:i,name:a,email:m}));let[,,g,$]=this.place.path;return r`<orderly-embed
      .baseUrl=${this.base}
      .sessionToken=${this.operator.token}
      .fetch=${o(this,de)}
      @orderly-navigate=${o(this,Je)}
    >
      <div ?hidden=${$!==void 0}>${Ye[t]()}</div>
      ${g==="orders"&&$?r`<div class="stack">
            <div><a class="button" href=${w("merchants",s,"why",$)}>${l.why.link}</a></div>
            <orderly-order order-id=${$} back></orderly-order>
          </div>`:p}
      ${g==="shipments"&&$?r`<orderly-tracking shipment-id=${$} back></orderly-tracking>`:p}
      ${g==="why"&&$?r`<console-why .merchant=${s} order=${$}></console-why>`:p}
    </orderly-embed>`},Je=new WeakMap,Qe=new WeakMap,Rs=function(){if(!this.portalUrl)return p;let e=l.merchants;return r`<div class="notice" role="status">
      <div>
        ${this.opened?e.opened:r`${e.blocked} <a class="link" href=${this.portalUrl} target="_blank" rel="noopener noreferrer">${e.open}</a>`}
        ${e.viewHint}
      </div>
    </div>`},V.styles=[y,R`
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
    `],d([f({attribute:!1})],V.prototype,"operator",2),d([f({attribute:!1})],V.prototype,"place",2),d([f()],V.prototype,"base",2),d([v()],V.prototype,"portalUrl",2),d([v()],V.prototype,"opened",2),V=d([b("console-merchant")],V);var we=class extends Y{constructor(){super(...arguments);this.path="/users"}read(e,{search:t,...s},i){return super.read(e,{...s,external_id:t},i)}view(){return r`<section class="stack">
      <div class="head"><h2>${l.merchants.title}</h2></div>
      <div class="toolbar">${this.searchField(l.merchants.search)}</div>
      ${this.list()}
    </section>`}head(){let e=l.merchants;return H(e.merchant,e.id,e.email,e.connections,e.since)}row(e){return r`<tr role="row">
      <td role="cell" class="first"><a href=${w("merchants",e.id)}>${e.name??e.external_id}</a></td>
      <td role="cell" class="code wide">${e.external_id}</td>
      <td role="cell" class="wide">${e.email}</td>
      <td role="cell" class="number second">${this.format.number(e.bridge_count)}</td>
      <td role="cell" class="muted nowrap date">${this.format.date(e.created_at)}</td>
    </tr>`}empty(){return D("inbox",l.merchants.empty,l.merchants.emptyHint,p,"status")}};we.styles=[y],we=d([b("console-merchants")],we);var Rt=["cancel","address_change","hold","release","expedite","note","other"],_s=["pending","confirmed","processing","partially_shipped","shipped","delivered"];function Xe(n){return n?.settings.actionPolicies??{}}function Ss(n,u,e){if(!n)return"";let t=Xe(n)[u]??{},s=l.queue.policies,i=[t.autoApprove?s.auto:s.person];return t.enabled===!1&&i.push(s.off),t.windowMinutes&&i.push(_(s.window,{n:t.windowMinutes})),t.untilStatus&&i.push(_(s.until,{status:se(t.untilStatus,e)})),i.join(" ")}var E,Ze,qs,Os,Ps,As,et,tt,St,st,Ls,Q=class extends x{constructor(){super(...arguments);h(this,E);this.decided=null;this.policy="";this.open=!1;this.action=new W(this);h(this,et,async()=>{let e=`/action-requests/${this.row.id}/apply`;await this.action.run("retry",t=>t.embed.request("POST",e))&&c(this,E,St).call(this)});h(this,tt,async()=>{let e=this.renderRoot.querySelector("[name=done]").value.trim(),t={status:"applied",...e?{message:e}:{}},s=`/action-requests/${this.row.id}/application`;await this.action.run("done",i=>i.embed.request("PATCH",s,{body:t}))&&c(this,E,St).call(this)});h(this,st,e=>{if(e.key==="Enter"&&(e.ctrlKey||e.metaKey))this.decide("approved");else if(e.key==="Escape")this.focusHead();else return;e.preventDefault()})}begin(){}updated(e){let t=e.get("decided"),s=o(this,E,Ze);t&&!this.decided&&s&&!s.value&&(s.value=t.note)}focusHead(){let e=this.renderRoot.querySelector(".line");e?.focus(),e?.scrollIntoView({block:"nearest"})}writeNote(){o(this,E,Ze)?.focus()}decide(e){if(!o(this,E,qs))return;let t=a=>this.renderRoot.querySelector(`[name=${a}]`)?.checked??!1,s=e==="approved"&&this.row.action_type==="cancel",i={id:this.row.id,title:this.row.title,status:e,note:o(this,E,Ze)?.value.trim()??"",application:s?{refund:t("refund"),notifyCustomer:t("notify")}:null};this.dispatchEvent(new CustomEvent("request-decided",{detail:i}))}view(){let{row:e,decided:t}=this,s=e.end_users;return r`<div class=${t?"decided":""}>
      <button class="line" type="button" aria-expanded=${this.open} @click=${()=>this.dispatchEvent(new Event("request-toggled"))}>
        <span><strong>${e.title}</strong></span>
        <span class="muted who">${s?s.name??s.external_id:l.queue.deleted}</span>
        <span>${G(t?.status??e.status,this.texts)}</span>
        <span class="muted small nowrap date">${this.format.dateTime(e.created_at)}</span>
      </button>
      ${this.open?c(this,E,Os).call(this):p}
    </div>`}};E=new WeakSet,Ze=function(){return this.renderRoot.querySelector("textarea[name=note]")},qs=function(){return this.row.status==="pending"&&!this.decided},Os=function(){let{row:e}=this,t=l.queue,{order:s,end_users:i}=e,a=s?r`<a class="link" href=${w("merchants",e.end_user_id,"orders",s.id)}>${s.order_number??s.external_id}</a>
          ${G(s.status,this.texts)}`:t.deleted,m=[[t.order,a],[t.customer,s?.customer.name],[t.merchant,i&&r`<a class="link" href=${w("merchants",e.end_user_id)}>${i.name??i.external_id}</a>`],[t.reason,e.description&&_t(e.description)],[t.changes,c(this,E,Ls).call(this)],[t.policy,this.policy],[t.asked,this.format.dateTime(e.created_at)],[t.expires,e.status==="pending"?this.format.dateTime(e.expires_at):null],[t.answer,e.resolution_note&&_t(e.resolution_note)]];return r`<div class="body">
      <div class="columns">
        <dl class="pairs">${m.map(([g,$])=>$?r`<dt>${g}</dt><dd>${$}</dd>`:p)}</dl>
        ${e.status==="pending"?c(this,E,Ps).call(this):c(this,E,As).call(this)}
      </div>
    </div>`},Ps=function(){let e=l.queue,t=this.decided!==null;return r`<div class="stack">
      <label class="field">
        <span>${e.note}</span>
        <textarea class="input" name="note" maxlength="2000" ?disabled=${t} @keydown=${o(this,st)}></textarea>
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
      ${q(this.action.error,this.texts)}
      ${s?.status==="failed"||s?.status==="manual"?r`<label class="field"><span>${t.doneNote}</span><input class="input" name="done" maxlength="2000" /></label>
            <div class="row">
              <button class="button primary" type="button" ?disabled=${i} @click=${o(this,tt)}>${t.markDone}</button>
              ${s.status==="failed"?r`<button class="button" type="button" ?disabled=${i} @click=${o(this,et)}>${t.retry}</button>`:p}
            </div>`:p}
    </div>`},et=new WeakMap,tt=new WeakMap,St=function(){this.dispatchEvent(new Event("request-changed"))},st=new WeakMap,Ls=function(){let e={...this.texts.requests.address,until:this.texts.requests.holdUntil},t=Object.entries(this.row.requested_changes??{}).filter(([,a])=>a!==null&&a!==""),s=a=>typeof a=="string"?a:JSON.stringify(a),i=t.map(([a,m])=>`${e[a]??a}: ${s(m)}`).join(`
`);return i?_t(i):null},Q.styles=[y,R`
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
    `],d([f({attribute:!1})],Q.prototype,"row",2),d([f({attribute:!1})],Q.prototype,"decided",2),d([f({attribute:!1})],Q.prototype,"policy",2),d([f({type:Boolean,reflect:!0})],Q.prototype,"open",2),Q=d([b("console-request")],Q);function _t(n){return r`<span class="lines">${n}</span>`}var pi=["approved","denied","cancelled","expired","all"],hi=3e4,xe,j,it,js,qt,Ot,ke,Te,Ee,Ns,X=class extends Y{constructor(){super(...arguments);h(this,j);this.active=!1;this.selected=null;this.newer=!1;this.path="/action-requests/queue";h(this,xe);this.config=new A(this,(e,t)=>e.embed.request("GET","/config/me",t));h(this,ke,e=>{if(!this.active||!this.rows.length||Ve(e)||!be())return;let t=this.rows.findIndex(({id:i})=>i===this.selected),s=c(this,j,Ot).call(this,this.selected);if(e.key==="j"||e.key==="k"){let i=this.rows[e.key==="j"?Math.min(t+1,this.rows.length-1):Math.max(t-1,0)];c(this,j,it).call(this,i.id),c(this,j,qt).call(this,i.id)}else if(e.key==="a"&&s)s.decide("approved");else if(e.key==="d"&&s)s.decide("denied");else if(e.key==="n"&&s)s.writeNote();else return;e.preventDefault()});h(this,Te,()=>this.requestUpdate());h(this,Ee,e=>{let{id:t,status:s}=e.detail,i=this.rows.find(a=>a.id===t);i&&(i.status=s),this.decisions.pending.size===0&&this.refresh()})}begin(){super.begin(),this.config.asked||this.config.load()}connectedCallback(){super.connectedCallback(),addEventListener("keydown",o(this,ke)),this.decisions.addEventListener("change",o(this,Te)),this.decisions.addEventListener("sent",o(this,Ee)),C(this,xe,setInterval(()=>{c(this,j,Ns).call(this)},hi))}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("keydown",o(this,ke)),this.decisions.removeEventListener("change",o(this,Te)),this.decisions.removeEventListener("sent",o(this,Ee)),clearInterval(o(this,xe))}willUpdate(e){super.willUpdate(e),e.has("active")&&this.active&&this.page.answer&&this.refresh()}view(){let e=l.queue;return r`<section class="stack">
      <div class="head">
        <h2>${e.title}</h2>
        <span class="push muted small keys"><kbd>j</kbd> <kbd>k</kbd> <kbd>a</kbd> <kbd>d</kbd> <kbd>n</kbd> <kbd>u</kbd></span>
      </div>
      <div class="others unfolded">
        <label class="field">
          <span>${this.texts.list.status}</span>
          <select class="input" @change=${t=>this.filter({status:t.target.value})}>
            <option value="">${se("pending",this.texts)}</option>
            ${pi.map(t=>r`<option value=${t} ?selected=${this.filters.status===t}>
                ${t==="all"?this.texts.list.all:se(t,this.texts)}
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
        .policy=${Ss(this.config.answer?.data,e.action_type,this.texts)}
        ?open=${e.id===this.selected}
        @request-toggled=${()=>c(this,j,it).call(this,e.id===this.selected?null:e.id)}
        @request-decided=${t=>c(this,j,js).call(this,t.detail)}
        @request-changed=${()=>this.refresh()}
      ></console-request>
    </li>`}head(){return r``}empty(){return D("inbox",l.queue.empty,l.queue.emptyHint,p,"status")}};xe=new WeakMap,j=new WeakSet,it=function(e){this.selected=e},js=function(e){this.decisions.decide(e);let t=this.rows.findIndex(({id:i})=>i===e.id),s=this.rows.slice(t+1).find(({id:i,status:a})=>a==="pending"&&!this.decisions.pending.has(i));c(this,j,it).call(this,s?.id??null),c(this,j,qt).call(this,s?.id??e.id)},qt=async function(e){await this.updateComplete,c(this,j,Ot).call(this,e)?.focusHead()},Ot=function(e){return e?this.renderRoot.querySelector(`#r-${e}`):null},ke=new WeakMap,Te=new WeakMap,Ee=new WeakMap,Ns=async function(){if(!this.active||document.hidden||this.cursors.length||this.filters.status||!this.page.answer)return;let e=new Set(this.rows.map(({id:i})=>i)),s=(await this.session.call(i=>i.embed.request("GET",this.path,{query:{limit:5}}))).data??[];this.newer=s.some(({id:i})=>!e.has(i))},X.styles=[y,R`
      ol {
        display: grid;
        overflow: hidden;
      }
      .others {
        max-inline-size: 240px;
      }
    `],d([f({attribute:!1})],X.prototype,"decisions",2),d([f({type:Boolean})],X.prototype,"active",2),d([v()],X.prototype,"selected",2),d([v()],X.prototype,"newer",2),X=d([b("console-queue")],X);var Re,te,Ds,Ms,Is,ce=class extends x{constructor(){super(...arguments);h(this,te);this.q="";h(this,Re,"");this.found=new A(this,(e,t)=>e.embed.request("GET",`${"/~"}/search`,{query:{q:this.q},...t}))}begin(){!this.q||o(this,Re)===this.q||(C(this,Re,this.q),this.found.clear(),this.found.load())}updated(e){e.has("q")&&this.session?.usable&&this.begin()}view(){let e=l.search,t=this.found.answer?.data,s=t?_(this.format.plural(t.length,e.found),{q:this.q}):e.title;return r`<section class="stack">
      <div class="head"><h2>${s}</h2></div>
      <div class="card scroll cards" aria-live="polite">${c(this,te,Ds).call(this,t)}</div>
    </section>`}};Re=new WeakMap,te=new WeakSet,Ds=function(e){let t=l.search;return this.q?e?e.length?r`<table role="table">
      <thead role="rowgroup">${H(t.title,this.texts.list.status,t.merchant,{hidden:l.actions})}</thead>
      <tbody role="rowgroup">${e.map(s=>c(this,te,Ms).call(this,s))}</tbody>
    </table>`:D("search",t.none,t.hint,p,"status"):this.found.error&&!this.found.loading?this.problem(this.found):I(3,this.texts):D("search",t.label,t.hint)},Ms=function(e){let t=l.search,s=e.type==="order",i=(s?e.order_number:e.tracking_number)??e.id,a=e.end_user;return a?r`<tr role="row">
      <td role="cell" class="first">
        <a href=${w("merchants",a.id,s?"orders":"shipments",e.id)}>${i}</a>
        <span class="also">${s?t.order:t.shipment}</span>
      </td>
      <td role="cell" class="second">${G(e.status,this.texts)}</td>
      <td role="cell" class="wide"><a href=${w("merchants",a.id)}>${a.name??a.external_id}</a></td>
      <td role="cell" class="wide">
        ${s?r`<a href=${w("merchants",a.id,"why",e.id)}>${l.why.link}</a>`:p}
      </td>
    </tr>`:c(this,te,Is).call(this,e,i)},Is=function(e,t){return r`<tr role="row">
      <td role="cell" class="first">${t}</td>
      <td role="cell" class="second">${G(e.status,this.texts)}</td>
      <td role="cell" class="wide">${l.queue.deleted}</td>
      <td role="cell"></td>
    </tr>`},ce.styles=[y],d([f()],ce.prototype,"q",2),ce=d([b("console-search")],ce);var ui=4.5,Hs="#2f4b7c",mi=150,Us=["company_name","primary_color","logo_url","support_email","support_url","support_phone"],_e,z,Fs,Cs,rt,Ws,Pt,ot,nt,at,U=class extends x{constructor(){super(...arguments);h(this,z);this.base="";this.error=null;this.saved=!1;this.busy=!1;this.draft={};this.theme="light";h(this,_e);this.shownColour="";h(this,rt,async(e,t)=>{if(!new URL(String(e)).pathname.endsWith("/embed/session"))return Gt("filled")(e,t);let s={...zt,organization:{slug:this.config.slug,branding:c(this,z,Pt).call(this)}};return new Response(JSON.stringify({data:s}),{headers:{"Content-Type":"application/json"}})});h(this,ot,e=>{let{name:t,value:s}=e.target;t&&(this.draft={...this.draft,[t]:s})});h(this,nt,e=>{e.stopPropagation(),this.draft={...this.draft,primary_color:e.target.value}});h(this,at,e=>{K(e),this.emit("brand-saved",c(this,z,Pt).call(this))})}begin(){}willUpdate(e){if(!e.has("config"))return;let{branding:t}=this.config;this.draft=Object.fromEntries(Us.map(s=>[s,typeof t[s]=="string"?t[s]:""])),this.shownColour=this.draft.primary_color}updated(e){e.has("draft")&&c(this,z,Ws).call(this)}view(){let e=l.settings,{draft:t,error:s}=this,i=fe(t.primary_color)?t.primary_color:Hs;return r`<section class="stack">
      <div class="head"><h2>${e.brand}</h2></div>
      <div class="columns">
        <form class="card" @submit=${o(this,at)} @input=${o(this,ot)}>
          ${S("company_name",e.company,t.company_name,s,{maxlength:60})}
          <div class="colour">
            ${S("primary_color",e.colour,t.primary_color,s,{maxlength:9,placeholder:Hs})}
            <input type="color" aria-label=${e.choose} .value=${fi(i)} @input=${o(this,nt)} />
          </div>
          <p class="hint" role="status">${c(this,z,Cs).call(this,t.primary_color??"")}</p>
          ${S("logo_url",e.logo,t.logo_url,s,{type:"url",maxlength:1e3})}
          ${S("support_email",e.email,t.support_email,s,{type:"email"})}
          ${S("support_url",e.url,t.support_url,s,{type:"url"})}
          ${S("support_phone",e.phone,t.support_phone,s)}
          ${q(s,this.texts)}
          <div class="row">
            <button class="button primary" type="submit" ?disabled=${this.busy}>${this.texts.actions.save}</button>
            <span class="muted" role="status">${this.saved?r`${k("check")} ${e.saved}`:p}</span>
          </div>
        </form>
        <div class="stack">
          <div class="head">
            <h3>${e.portal}</h3>
            <div class="push">${Ue("theme",e.preview,[["light",e.light],["dark",e.dark]],this.theme,a=>this.theme=a)}</div>
          </div>
          <div class="frame" inert>
            <orderly-embed .baseUrl=${this.base} .sessionToken=${"example"} .fetch=${o(this,rt)} theme=${this.theme}></orderly-embed>
          </div>
          <h3>${e.tracking}</h3>
          <p class="hint">${e.trackingHint}</p>
          <div class="frame"><iframe inert tabindex="-1" title=${e.tracking} src=${o(this,z,Fs)}></iframe></div>
        </div>
      </div>
    </section>`}};_e=new WeakMap,z=new WeakSet,Fs=function(){let e=document.documentElement.lang,t=new URLSearchParams({slug:this.config.slug,primary_color:this.shownColour,lang:e});return`${this.base}/console/tracking-preview?${t}`},Cs=function(e){let t=l.settings;if(!e)return"";let s=fe(e);if(!s)return t.badColour;let i=Ht(s,[255,255,255]),a=_(t.contrast,{n:this.format.number(Math.floor(i*10)/10)});if(i>=ui)return`${a} ${t.contrastGood}`;let{fill:m,onFill:g}=It(e).light;return`${a} ${_(t.contrastAdjusted,{text:g,fill:m})}`},rt=new WeakMap,Ws=function(){this.renderRoot.querySelector("orderly-embed")?.session.restart(),clearTimeout(o(this,_e));let e=this.draft.primary_color?.trim()??"";C(this,_e,setTimeout(()=>{(!e||fe(e))&&(this.shownColour=e)},mi))},Pt=function(){let e=Object.entries(this.config.branding).filter(([t])=>!Us.includes(t));return Object.fromEntries([...e,...Object.entries(this.draft).map(([t,s])=>[t,s.trim()]).filter(([,t])=>t)])},ot=new WeakMap,nt=new WeakMap,at=new WeakMap,U.styles=[y,R`
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
    `],d([f({attribute:!1})],U.prototype,"config",2),d([f()],U.prototype,"base",2),d([f({attribute:!1})],U.prototype,"error",2),d([f({type:Boolean})],U.prototype,"saved",2),d([f({type:Boolean})],U.prototype,"busy",2),d([v()],U.prototype,"draft",2),d([v()],U.prototype,"theme",2),d([v()],U.prototype,"shownColour",2),U=d([b("console-brand")],U);function fi(n){return`#${fe(n).map(u=>u.toString(16).padStart(2,"0")).join("")}`}var gi=["data_room","action_requests","smart_alerts","end_user_webhooks","branded_tracking"],N,Ks,zs,At,Gs,lt,Se,ne=class extends x{constructor(){super(...arguments);h(this,N);this.base="";this.saved=null;this.action=new W(this);this.config=new A(this,(e,t)=>e.embed.request("GET","/config/me",t));h(this,lt,e=>{let{data:t,text:s}=K(e),i=s("slug");if(!this.config.answer)return void c(this,N,Se).call(this,"general",{slug:i});c(this,N,Se).call(this,"general",{slug:i,allowed_origins:s("allowed_origins").split(/\s+/).filter(Boolean),enabled_features:["bridges",...t.getAll("features")],is_active:t.has("is_active")})})}begin(){this.config.asked||this.config.load()}view(){let e=this.config.answer?.data,t=this.config.error?.code==="embed_not_configured";if(!e&&!t){let s=this.config.error&&!this.config.loading?this.problem(this.config):I(8,this.texts);return r`<section class="stack"><h2>${l.settings.title}</h2><div class="card">${s}</div></section>`}return r`<div class="stack">
      ${e?r`<console-brand
              .config=${e}
              .base=${this.base}
              .error=${this.action.errorOf("branding")}
              ?saved=${this.saved==="branding"}
              ?busy=${this.action.busy!==null}
              @brand-saved=${s=>c(this,N,Se).call(this,"branding",{branding:s.detail})}
            ></console-brand>
            ${c(this,N,Ks).call(this,e)}`:p}
      ${c(this,N,zs).call(this,e)}
    </div>`}};N=new WeakSet,Ks=function(e){let t=l.settings,s=Xe(e),i=_s.map(a=>[a,se(a,this.texts)]);return r`<section class="stack">
      <div class="head"><h2>${t.policies}</h2></div>
      <form class="card" @submit=${a=>c(this,N,Gs).call(this,a,e)}>
        <p class="muted">${t.policiesHint}</p>
        ${Rt.map(a=>{let m=s[a]??{};return r`<fieldset>
            <legend>${this.texts.requests.types[a]}</legend>
            <div class="two">
              <div class="stack">
                <label class="check"><input type="checkbox" name="${a}.enabled" .checked=${m.enabled!==!1} /><span>${t.allowed}</span></label>
                <label class="check"><input type="checkbox" name="${a}.auto" .checked=${m.autoApprove===!0} /><span>${t.auto}</span></label>
              </div>
              ${S(`${a}.minutes`,t.minutes,m.windowMinutes?.toString(),null,{type:"number",min:1})}
              ${Ue(`${a}.until`,t.until,[["",t.always],...i],m.untilStatus??"")}
            </div>
          </fieldset>`})}
        ${c(this,N,At).call(this,"policies")}
      </form>
    </section>`},zs=function(e){let t=l.settings,s=this.action.errorOf("general");return r`<section class="stack">
      <div class="head"><h2>${t.general}</h2></div>
      <form class="card" @submit=${o(this,lt)}>
        ${S("slug",t.slug,e?.slug,s,{required:!0,maxlength:64})}
        ${e?r`<div class="field"><span>${t.publishable}</span>
                <div class="secret"><code class="code">${e.publishable_key}</code>${Ie(e.publishable_key,this.texts)}</div></div>
              ${S("allowed_origins",t.origins,e.allowed_origins.join(`
`),s,{type:"area"})}
              <fieldset>
                <legend>${t.features}</legend>
                <div class="two">
                  ${gi.map(i=>r`<label class="check">
                      <input type="checkbox" name="features" value=${i} .checked=${e.enabled_features.includes(i)} />
                      <span>${t.featureNames[i]}</span>
                    </label>`)}
                </div>
              </fieldset>
              <label class="check"><input type="checkbox" name="is_active" .checked=${e.is_active} /><span>${t.active}</span></label>`:p}
        ${c(this,N,At).call(this,"general")}
      </form>
    </section>`},At=function(e){return r`${q(this.action.errorOf(e),this.texts)}
      <div class="row">
        <button class="button primary" type="submit" ?disabled=${this.action.busy!==null}>${this.texts.actions.save}</button>
        <span class="muted" role="status">${this.saved===e?r`${k("check")} ${l.settings.saved}`:p}</span>
      </div>`},Gs=function(e,t){let{data:s,text:i}=K(e),a=Object.fromEntries(Rt.map(m=>{let g=i(`${m}.minutes`);return[m,{...Xe(t)[m],enabled:s.has(`${m}.enabled`),autoApprove:s.has(`${m}.auto`),windowMinutes:g?Number(g):null,untilStatus:i(`${m}.until`)||null}]}));c(this,N,Se).call(this,"policies",{settings:{actionPolicies:a}})},lt=new WeakMap,Se=async function(e,t){this.saved=null;let s=await this.action.run(e,i=>i.embed.request("PATCH","/config",{body:t}));s&&(this.saved=e,await this.config.load(),this.emit("operator-changed",{slug:s.slug,branding:s.branding}))},ne.styles=[y],d([f()],ne.prototype,"base",2),d([v()],ne.prototype,"saved",2),ne=d([b("console-settings")],ne);var Vs=R`
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
  nav a {
    padding-block: 11px;
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
`;var Bs=["queue","merchants","events","settings","access"],vi={r:"queue",m:"merchants",e:"events",s:"settings",a:"access"},ae,qe,Oe,P,pe,Lt,Ys,Js,Qs,Pe,dt,ct,he,Ae,Le,Z=class extends x{constructor(){super(...arguments);h(this,P);this.base="";this.place=ge(location.hash);h(this,ae,new Map);h(this,qe,new Map);h(this,Oe,!1);h(this,Pe,()=>this.renderRoot.querySelector("dialog").showModal());h(this,dt,()=>this.renderRoot.querySelector("#content").focus());h(this,ct,e=>{e.preventDefault();let t=String(new FormData(e.target).get("q")??"").trim();t&&ve(`${w("search")}?${new URLSearchParams({q:t})}`)});h(this,he,e=>{e&&o(this,qe).set(this.place.path.join("/"),scrollY),this.place=ge(location.hash),o(this,ae).set(o(this,P,pe),this.place.query.toString()),e&&this.updateComplete.then(()=>scrollTo(0,o(this,qe).get(this.place.path.join("/"))??0))});h(this,Ae,()=>this.requestUpdate());h(this,Le,e=>{if(this.hidden||Ve(e)||!be())return;let t=o(this,Oe)?vi[e.key]:void 0;if(C(this,Oe,e.key==="g"),t)ve(c(this,P,Lt).call(this,t));else if(e.key==="/")this.renderRoot.querySelector("#search").focus();else if(e.key==="?")o(this,Pe).call(this);else if(e.key==="u")this.decisions.undo();else return;e.preventDefault(),e.stopImmediatePropagation()})}connectedCallback(){super.connectedCallback(),addEventListener("hashchange",o(this,he)),addEventListener("keydown",o(this,Le)),this.decisions.addEventListener("change",o(this,Ae)),o(this,he).call(this)}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("hashchange",o(this,he)),removeEventListener("keydown",o(this,Le)),this.decisions.removeEventListener("change",o(this,Ae))}begin(){}view(){let{branding:e,slug:t,name:s}=this.operator,i=typeof e.company_name=="string"&&e.company_name?e.company_name:t;return r`<header>
        <button class="button skip" type="button" @click=${o(this,dt)}>${l.skip}</button>
        <div class="wrap">
          <h1>${i}</h1>
          <form role="search" @submit=${o(this,ct)}>
            <label class="search">
              <span class="hidden">${l.search.label}</span>${k("search")}
              <input class="input" id="search" type="search" name="q" maxlength="200" placeholder=${l.search.label}
                aria-keyshortcuts="/" .value=${o(this,P,pe)==="search"?this.place.query.get("q")??"":""} />
            </label>
          </form>
          <span class="row push">
            <span class="muted small">${s}</span>
            <button class="button quiet icon" type="button" aria-label=${l.keys.title} @click=${o(this,Pe)}><kbd>?</kbd></button>
            <button class="button" type="button" @click=${()=>this.dispatchEvent(new Event("sign-out"))}>${l.signIn.out}</button>
          </span>
        </div>
      </header>
      <nav aria-label=${l.sections.label}>
        <div class="wrap">
          ${Bs.map(a=>r`<a href=${c(this,P,Lt).call(this,a)} aria-current=${a===o(this,P,pe)?"page":p}>${l.sections[a]}</a>`)}
        </div>
      </nav>
      <main class="wrap content" id="content" tabindex="-1">${c(this,P,Ys).call(this)}</main>
      ${c(this,P,Js).call(this)} ${c(this,P,Qs).call(this)}`}};ae=new WeakMap,qe=new WeakMap,Oe=new WeakMap,P=new WeakSet,pe=function(){return this.place.path[0]??"queue"},Lt=function(e){let t=e===o(this,P,pe)?"":o(this,ae).get(e);return w(e)+(t?`?${t}`:"")},Ys=function(){let[e,t]=[o(this,P,pe),this.place.path.length>1],s=m=>e===m,i=(m,g,$=!s(m))=>o(this,ae).has(m)?r`<div ?hidden=${$}>${g(o(this,ae).get(m))}</div>`:p,a=[...Bs,"search"].some(s)&&(!t||e==="merchants");return r`
      ${i("queue",m=>r`<console-queue .address=${m} .decisions=${this.decisions} ?active=${s("queue")}></console-queue>`)}
      ${i("merchants",m=>r`<console-merchants .address=${m}></console-merchants>`,!s("merchants")||t)}
      ${i("events",m=>r`<console-events .address=${m}></console-events>`)}
      ${s("merchants")&&t?r`<console-merchant .operator=${this.operator} .place=${this.place} .base=${this.base}></console-merchant>`:p}
      ${s("search")?r`<console-search q=${this.place.query.get("q")??""}></console-search>`:p}
      ${s("settings")?r`<console-settings .base=${this.base}></console-settings>`:p}
      ${s("access")?r`<console-access .operator=${this.operator}></console-access>`:p}
      ${a?p:bi()}
    `},Js=function(){let e=l.queue,t=s=>{let i=s.status==="approved"?e.approving:e.denying,{title:a}=s;return s.state==="failed"?r`<div class="toast bad" role="alert">
          <span>${_(e.notSent,{title:a,reason:s.error.message})}</span>
          <button class="button" type="button" @click=${()=>this.decisions.dismiss(s.id)}>${this.texts.actions.close}</button>
        </div>`:r`<div class="toast">
        <span>${s.state==="sending"?e.sending:_(e.soon,{decision:i,title:a,n:s.secondsLeft})}</span>
        <button class="button" type="button" ?disabled=${s.state==="sending"} @click=${()=>this.decisions.undo(s.id)}>
          ${e.undo}
        </button>
      </div>`};return r`<div class="toasts">${[...this.decisions.pending.values()].slice(-5).map(t)}</div>`},Qs=function(){let e=l.keys,t=[["/",e.search],["j",e.next],["k",e.previous],["a",e.approve],["d",e.deny],["n",e.note],["u",e.undo],["g",e.go],["?",e.help]];return r`<dialog aria-labelledby="keys">
      <div class="head"><h2 id="keys">${e.title}</h2></div>
      <dl class="pairs">${t.map(([s,i])=>r`<dt><kbd>${s}</kbd></dt><dd>${i}</dd>`)}</dl>
      <label class="check">
        <input type="checkbox" .checked=${be()} @change=${s=>us(s.target.checked)} />
        <span>${e.on}</span>
      </label>
      <form method="dialog"><button class="button">${this.texts.actions.close}</button></form>
    </dialog>`},Pe=new WeakMap,dt=new WeakMap,ct=new WeakMap,he=new WeakMap,Ae=new WeakMap,Le=new WeakMap,Z.styles=[y,Mt,Vs],d([f({attribute:!1})],Z.prototype,"operator",2),d([f({attribute:!1})],Z.prototype,"decisions",2),d([f()],Z.prototype,"base",2),d([v()],Z.prototype,"place",2),Z=d([b("console-shell")],Z);function bi(){let{title:n,hint:u,back:e}=l.nowhere;return D("search",n,u,r`<a class="button" href="#/">${e}</a>`,"status")}var pt,B=class extends x{constructor(){super(...arguments);this.base="";this.expired=!1;this.known="";this.busy=!1;this.error=null;h(this,pt,async e=>{let{text:t}=K(e);this.busy=!0,this.error=null;let{data:s,error:i}=await es(this.base,t("key"),t("name"));this.busy=!1,this.error=i,s&&this.dispatchEvent(new CustomEvent("signed-in",{detail:s}))})}begin(){}firstUpdated(){this.updateComplete.then(()=>this.renderRoot.querySelector("input")?.focus())}view(){let e=l.signIn,t=this.error?.status===401?{...this.error,message:e.wrong,details:[]}:this.error;return r`<main>
      <h1>${l.title}</h1>
      ${this.expired?r`<div class="notice warn" role="alert">${k("clock")}<div>${e.expired}</div></div>`:""}
      <form class="card" @submit=${o(this,pt)}>
        ${this.error?.status===401?r`<div class="notice bad" role="alert">${k("alert")}<div>${e.wrong}</div></div>`:q(t,this.texts)}
        ${S("key",e.key,"",t,{type:"password",required:!0,hint:e.keyHint})}
        ${S("name",e.name,this.known,t,{required:!0,maxlength:100,hint:e.nameHint,autocomplete:"name"})}
        <button class="button primary" type="submit" ?disabled=${this.busy}>${e.submit}</button>
      </form>
    </main>`}};pt=new WeakMap,B.styles=[y,R`
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
    `],d([f()],B.prototype,"base",2),d([f({type:Boolean})],B.prototype,"expired",2),d([f()],B.prototype,"known",2),d([v()],B.prototype,"busy",2),d([v()],B.prototype,"error",2),B=d([b("console-sign-in")],B);var yi={name:"",expiresAt:"",scopes:[],slug:"",branding:{}},ht=new URL(".",document.baseURI).href.replace(/\/$/,""),M,me,ut,Xs,mt,ft,gt,vt,je,ue=class extends jt{constructor(){super(...arguments);h(this,ut);this.operator=Zt();this.expired=!1;h(this,M,new Ut);h(this,me,new Fe(o(this,M).session));h(this,mt,e=>{this.operator&&this.operator.slug!==e.detail.slug&&o(this,M).querySelector("console-shell")?.remove(),this.operator=e.detail,this.expired=!1,Ce(e.detail),this.updateComplete.then(()=>o(this,M).session.restart())});h(this,ft,async()=>{await o(this,me).flush();let e=this.operator;this.operator=null,history.replaceState(null,"",location.pathname),await ts(ht,e)});h(this,gt,e=>{this.operator={...this.operator,...e.detail},Ce(this.operator)});h(this,vt,e=>{e.detail.status===401&&e.detail.code!=="wrong_credential"&&this.operator&&(this.expired=!0)});h(this,je,()=>{o(this,me).flush()})}createRenderRoot(){return this}connectedCallback(){super.connectedCallback(),o(this,M).baseUrl=ht,o(this,M).lang=document.documentElement.lang,o(this,M).fetch=Vt(()=>this.operator??yi),this.addEventListener("orderly-error",o(this,vt)),addEventListener("pagehide",o(this,je))}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("pagehide",o(this,je))}render(){let{operator:e}=this;return o(this,M).sessionToken=e?.token??"nobody",r`${o(this,M)}`}updated(){let{operator:e,expired:t}=this,s=o(this,M).querySelector("console-shell");e&&!s&&o(this,M).prepend(s=c(this,ut,Xs).call(this)),e&&s&&Object.assign(s,{operator:e,hidden:t}),e||s?.remove();let i=!e||t,a=o(this,M).querySelector("console-sign-in");i&&!a&&(a=document.createElement("console-sign-in"),a.addEventListener("signed-in",o(this,mt)),o(this,M).append(a)),i&&a?Object.assign(a,{base:ht,expired:t,known:e?.name??""}):a?.remove()}};M=new WeakMap,me=new WeakMap,ut=new WeakSet,Xs=function(){let e=Object.assign(document.createElement("console-shell"),{decisions:o(this,me),base:ht});return e.addEventListener("sign-out",o(this,ft)),e.addEventListener("operator-changed",o(this,gt)),e},mt=new WeakMap,ft=new WeakMap,gt=new WeakMap,vt=new WeakMap,je=new WeakMap,d([v()],ue.prototype,"operator",2),d([v()],ue.prototype,"expired",2),ue=d([b("orderly-console")],ue);var $i=await rs(navigator.languages);document.documentElement.lang=$i;document.title=l.title;document.body.append(document.createElement("orderly-console"));export{ue as OrderlyConsole};
