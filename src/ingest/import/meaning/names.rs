//! The names under which systems and people export what a column is, in English, Polish and German: letters and digits only, in lower
//! case, the likeliest first.

use crate::ingest::import::stated::roles::{Role, plain};

/// The header's columns that go by one of a role's names, the likeliest first.
pub(in crate::ingest::import) fn candidates(role: Role, header: &[String]) -> Vec<usize> {
    by_names(of(role), header)
}

/// Columns of the time that an agent works on after talking: they belong to the handle time.
pub(in crate::ingest::import) fn times_after_talking(header: &[String]) -> Vec<usize> {
    by_names(AFTER_TALKING, header)
}

/// Columns of a contact's own handle time: of an interval, they may be times added up.
pub(in crate::ingest::import) fn times_of_contacts(header: &[String]) -> Vec<usize> {
    by_names(OF_CONTACTS, header)
}

fn by_names(names: &str, header: &[String]) -> Vec<usize> {
    let plain: Vec<String> = header.iter().map(|name| plain(name)).collect();
    let plain = plain.as_slice();
    names.split_whitespace().flat_map(|name| (0..plain.len()).filter(move |at| plain[*at] == name)).collect()
}

/// The names of a role, parted by blanks.
fn of(role: Role) -> &'static str {
    match role {
        Role::Start => START,
        Role::Date => DATE,
        Role::Time => TIME,
        Role::Queue => QUEUE,
        Role::Region => REGION,
        Role::Offered => OFFERED,
        Role::Handled => HANDLED,
        Role::Abandoned => ABANDONED,
        Role::HandleTime => HANDLE_TIME,
        Role::HandleTimeTotal => HANDLE_TIME_TOTAL,
        Role::Wait => WAIT,
        Role::Answered => ANSWERED,
        Role::Ended => ENDED,
        Role::Outcome => OUTCOME,
        Role::Agent => AGENT,
        Role::Direction => DIRECTION,
    }
}

const START: &str = "\
    start datetimelocal datetime timestamp intervalstart intervalstartutcdate intervalstartutc starttime \
    startdate startdatetime datetimeutc periodstart calldate callstart arrival arrivaltime arrivedat timeoffered offeredtime offeredat \
    createdat created initiationtimestamp conversationstart enqueuetime enqueuetimestamp enqueued enqueuedat queued queuedat \
    entered enteredat arrived received receivedat timereceived starteddatetime startedat started calltime interval period time ds date \
    początek dataiczas dataigodzina nadejście nadeszło rozpoczęto rozpoczęcie czasrozpoczęcia początekpołączenia beginn";
const DATE: &str = "\
    date rowdate day datestamp calldate datefrom startdate data dzień datum tag";
const TIME: &str = "\
    time hour hourofday starttime interval timeinterval period intervallabel timefrom halfhour \
    quarterhour timeofday godzina czas przedział uhrzeit stunde zeit";
const QUEUE: &str = "\
    queue queuename queueid skill skillname split splitskill vdn servicename department contacttype \
    ctname ct calltype calltypename skillgroup skillgroupname precisionqueue precisionqueuename csq \
    csqname contactservicequeue campaign lob lineofbusiness workgroup acdgroup kolejka infolinia usługa \
    warteschlange sheet";
const REGION: &str = "\
    region regionid country market location kraj";
const OFFERED: &str = "\
    offered calls contacts volume incomingcontactvolume contactsoffered callsoffered offeredcalls \
    offeredcontacts noffered received callsreceived contactsreceived arrivals count callvolume incoming \
    incomingcalls contactvolume offd offdcalls interactions tickets inboundcalls totalcalls y oferowane \
    połączenia połączeniaprzychodzące liczbapołączeń liczbakontaktów zgłoszenia eingehendeanrufe anrufe angebotene angeboteneanrufe";
const HANDLED: &str = "\
    handled contactshandled callshandled interactionshandled answered callsanswered acdcalls nhandled \
    taskshandled odebrane obsłużone angenommen";
const ABANDONED: &str = "\
    abandoned callsabandoned contactsabandoned abandons abn abncalls abandcalls aban totalaban nabandon \
    porzucone utracone aufgelegt verzichtet verloren";
const HANDLE_TIME: &str = "\
    ahts aht averagehandletime averagehandletimes averagehandletimeseconds avghandletime avghandlingtime \
    averagehandlingtime avghandletimes ahtseconds ahtsec ahtms ahtmin meanhandletime avghandletimesec \
    handletimes handletime handletimeseconds avgacdtime śrczasobsługi średniczasobsługi czasobsługi \
    średniczasobsługis śrczasobsługis bearbeitungszeit bearbeitungszeits mittlerebearbeitungszeit mittlerebearbeitungszeits \
    durchschnittlichebearbeitungszeit durchschnittlichebearbeitungszeits";
const HANDLE_TIME_TOTAL: &str = "\
    totalhandletimeseconds totalhandletime totalhandlingtime handletimetotal sumhandletime \
    handlingtimetotal thandle łącznyczasobsługi";
const WAIT: &str = "\
    wait waittime waitseconds waits queuetime qtime queueseconds holdtime timeinqueue waitingtime \
    queuewait czasoczekiwania wartezeit";
const ANSWERED: &str = "\
    answeredat answertime timeanswered answered answeredtime answeredon answertimestamp answerdatetime answereddatetime \
    answeredtimestamp callanswered callanswertime timeofanswer answerstart answer pickup pickuptime pickedup pickedupat \
    connected connectedat connecttime connecttimestamp connectedtime connectedtoagenttimestamp agentconnected agentanswertime \
    odebrano odebranie odebrane odebranoo czasodebrania godzinaodebrania dataodebrania momentodebrania \
    angenommen angenommenum annahme annahmezeit beantwortet";
const ENDED: &str = "\
    endedat endtime timeended ended endedtime endedon enddatetime endtimestamp end callend callended callendtime conversationend \
    disconnecttime disconnecttimestamp disconnectedat disconnected disconnect disconnectiontime hangupat hanguptime hunguptime hungup \
    completedat completed completiontime finishedat finished finishtime finish closedat closed stop stoptime stopped releasetime enddate \
    zakończono zakończenie zakończone zakończonoo czaszakończenia godzinazakończenia datazakończenia koniec koniecpołączenia rozłączono \
    czasrozłączenia beendet ende endzeit endezeit";
const OUTCOME: &str = "\
    outcome disposition status result callstatus wynik";
const AGENT: &str = "\
    agent agentid agentname server answeredby user userid operator konsultant";

const OF_CONTACTS: &str = "talkseconds talktime talk billsec sertime servicetime durationseconds callduration duration";

const DIRECTION: &str =
    "direction calldirection contactdirection originatingdirection initiationmethod calltype kierunek richtung";

/// What follows talking.
const AFTER_TALKING: &str = "wraptime wrap wrapseconds wrapup wrapuptime acw acwtime acwseconds aftercallwork aftercallworktime aftercontactwork";
