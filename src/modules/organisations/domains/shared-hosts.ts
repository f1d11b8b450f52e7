/**
 * Domains that many use side by side: mail providers, places for pages, social networks. To have an address or a page
 * there proves nothing about who one is.
 */
const sharedHosts = new Set(
  // Mail
  (
    'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com aol.com ' +
    'proton.me protonmail.com pm.me tutanota.com tuta.com gmx.com gmx.de gmx.at gmx.net web.de t-online.de freenet.de ' +
    'mail.com zoho.com fastmail.com yandex.com yandex.ru mail.ru bk.ru list.ru inbox.ru inbox.lv one.lv apollo.lv e-apollo.lv ' +
    'tvnet.lv inbox.lt inbox.eu mail.ee hot.ee online.ee delfi.lv delfi.lt delfi.ee abv.bg mail.bg dir.bg seznam.cz email.cz ' +
    'centrum.cz post.cz azet.sk zoznam.sk wp.pl o2.pl onet.pl op.pl poczta.onet.pl interia.pl gazeta.pl libero.it virgilio.it ' +
    'alice.it tiscali.it tim.it pec.it legalmail.it orange.fr wanadoo.fr free.fr laposte.net sfr.fr bbox.fr telefonica.net ' +
    'terra.es sapo.pt mail.pt telenet.be skynet.be ziggo.nl kpnmail.nl xs4all.nl planet.nl luukku.com kolumbus.fi telia.com ' +
    'freemail.hu citromail.hu t-online.hu otenet.gr hol.gr forthnet.gr cytanet.com.cy yahoo.gr yahoo.fr yahoo.it yahoo.es ' +
    'yahoo.de yahoo.co.uk hotmail.fr hotmail.it hotmail.es hotmail.co.uk btinternet.com eircom.net ukr.net i.ua siol.net ' +
    // Pages
    'sites.google.com docs.google.com drive.google.com blogspot.com wordpress.com wixsite.com weebly.com jimdo.com ' +
    'jimdosite.com jimdofree.com squarespace.com webnode.com webnode.page strikingly.com mozello.lv mozello.com site123.me ' +
    'github.io gitlab.io netlify.app vercel.app pages.dev herokuapp.com webflow.io notion.site business.site ' +
    'altervista.org over-blog.com e-monsite.com tumblr.com medium.com ' +
    // Networks and directories
    'facebook.com fb.com instagram.com linkedin.com twitter.com x.com youtube.com youtu.be tiktok.com vk.com ok.ru ' +
    'draugiem.lv linktr.ee t.me telegram.me twinspace.etwinning.net school-education.ec.europa.eu erasmus-plus.ec.europa.eu'
  ).split(' ')
)

/** Whether a domain, or one that it lies below, is shared by many who have nothing to do with each other. */
export function isSharedHost(domain: string): boolean {
  const labels = domain.split('.')
  return labels.some((_, at) => sharedHosts.has(labels.slice(at).join('.')))
}
