"""News told apart from plan, denial, claim and background: what a trigger's clause says became of the event.

Three kinds of evidence are weighed, each with a name that `explain` shows: the form of the governing verb, cues of the
rulebook by their scope, and the dates of the sentence. What lies furthest from fact wins (a denied claim is denied, a
claimed plan is a plan), except that a claim of a fact stays a claim.
"""

from stream.core.ago import again, fresh, habit, hours_ago, own_date, reason, taken_for_granted, told_earlier, when
from stream.core.around import (
    MEANWHILE,
    UNDER_WAY,
    adverbial,
    agreed_on,
    asked,
    asked_why,
    by_means,
    by_verb,
    came_to_nothing,
    caption,
    future,
    goes_on,
    governing,
    heads,
    identified,
    is_first,
    lies_ahead,
    light,
    may_lie_ahead,
    merely_is,
    of_fact,
    of_the_talk,
    offered,
    out_of,
    own,
    paid_for,
    plans,
    sets_out,
    stated,
)
from stream.core.cues import cues_in_scope
from stream.core.records import Status, Time
from stream.core.site import Site, Verdict
from stream.core.when import by_dates

# Furthest from fact first.
ORDER: tuple[Status, ...] = ("called_off", "denied", "conditional", "proposed", "planned", "claimed", "happened")
VERBLESS = "no verb"
PRESUPPOSED = "presupposed"
_OPEN: frozenset[Status] = frozenset(["denied", "conditional", "proposed", "planned", "called_off"])
_OF_BOTH = frozenset(["resulted", "claim", "reaction"])  # «در پی حملهٔ … سه نفر کشته شدند» tells of the strike too
_OF_THE_WORDS: frozenset[Status | None] = frozenset(["conditional", "proposed", "planned"])


def decide_status(site: Site, noun_alone: str) -> Verdict:
    """Weigh a trigger's evidence."""
    clause = site.clauses[site.where[site.held[-1]]]
    verb = governing(site, clause)
    found = cues_in_scope(site, clause, verb)
    if site.deaf_to:
        found = [(r, hit) for r, hit in found if hit.what.cue.id not in site.deaf_to]
    if site.uttered:
        found = [(r, hit) for r, hit in found if r == "before" or hit.what.cue.status not in _OF_THE_WORDS]
    why: list[str] = []
    statuses: set[Status] = set()
    if asked(site):
        statuses.add("conditional")
        why.append("question")
    time: Time = "current"
    verdict = Verdict("happened", "current", why, verb, clause)
    occasion = adverbial(site)
    if occasion and site.telling and merely_is(site, clause):
        verdict.presupposed = True  # «سخنان او در دیدار با X … بود»: of something said before
    if occasion and site.last < len(site.tokens) and site.tokens[site.last].norm == "اخیر":
        time = "background"  # «در دیدارِ اخیر …»: told before
        why.append("after: «اخیر»")
    verdict.occasion = occasion or any(r == "before" and h.what.cue.id == "presupposed" for r, h in found)
    if occasion and site.telling:  # «در جریان گفت‌وگو با X توافق کرد»: the clause tells of the talks
        found = [(r, h) for r, h in found if not (r == "before" and h.what.phrase in MEANWHILE)]
    if any(r == "before" and h.what.cue.id == "presupposed" for r, h in found):  # «پس از حمله گفتگو را لغو کرد»
        found = [(r, h) for r, h in found if r != "predicate" or h.what.cue.id in _OF_BOTH]
    if occasion and site.telling:  # «در گفت‌وگوی تلفنی با X پیشنهاد کرد»: what the clause says is not of the call
        found = [(r, hit) for r, hit in found if r in ("before", "lead", "sentence") and not hit.what.cue.silences]
    keeps = (
        site.verbal
        or (occasion and site.telling)
        or (verb is not None and ((verb == site.last and light(site, verb)) or is_first(site, verb)))
    )
    caused = False  # «بر اثر حملهٔ …»: what came of it tells it
    for relation, hit in found:
        cue = hit.what.cue
        if cue.id in ("about", "reaction_before") and site.accuses and stated(site, clause):
            continue  # «بیانیهٔ … در محکومیت نقضِ آتش‌بس از سوی X»: the statement accuses
        why.append(f"{relation}: {cue.id} «{hit.what.phrase}»")
        if cue.silences:
            verdict.silenced = cue.id
        if cue.id == "may_before" and goes_on(site, hit):
            caused = True  # «نگرانی از ادامهٔ محاصره»: it goes on
            continue
        if site.named == "proposed" and of_the_talk(site, relation, hit):
            statuses.add(
                "proposed"
            )  # «توافق … می‌تواند … را تقویت کند», «هر توافقی»: talked about, whatever comes of it
            continue
        if cue.id == "about" and (of_fact(site, verb) or own(site)):
            verdict.presupposed = True  # «دربارهٔ حمله گفت»: taken for granted
        elif cue.id == "about" and agreed_on(site, verb):
            statuses.add("planned")
        elif cue.id == "aim" and not site.verbal and paid_for(site, clause, hit):
            verdict.presupposed = True
        elif cue.id == "aim" and not site.verbal and came_to_nothing(site, verb):
            statuses.add("denied")
        elif cue.status is not None and not (cue.id == "aim" and site.verbal):
            ahead = cue.id == "aim" and (sets_out(site, clause, verb) or any(plans(h) for _, h in found))
            open_deal = site.deal and cue.id in ("may", "may_before")  # a deal that is possible is one in the making
            statuses.add("planned" if ahead else "proposed" if open_deal else cue.status)
        if relation == "before" and hit.what.phrase in ("پیش از", "قبل از") and lies_ahead(site, verb):
            statuses.add("planned")  # «پیش از امضای … برگزار می‌شود»
        if cue.time is not None and not (relation == "before" and (site.result or identified(site, verb))):
            time = cue.time
        if cue.attribution is not None and verdict.attribution is None:
            verdict.attribution = hit
        if relation == "before" and cue.keeps:
            caused = True
        if relation == "predicate" and (cue.keeps or cue.status is not None):
            aside = (occasion and not site.telling) or out_of(site, hit)  # «در موجی از حملات … برگزار شد»
            keeps = not (aside and cue.id == "took_place")
    governed = any(
        relation in ("predicate", "before") and hit.what.cue.status and not (site.verbal and hit.what.cue.id == "aim")
        for relation, hit in found
    )
    if identified(site, verb):
        caused, time = True, "current"
        why.append("identified: the cause of what was told")
    if by_means(site, verb):
        caused = True
        why.append("means: «با»")
    if caused:
        form = site.tokens[verb].form if verb is not None else None
        if form is not None and form.tense == "future":
            statuses.add("planned")
        if form is not None and form.negative and any(r == "predicate" and h.what.cue.keeps for r, h in found):
            statuses.add("denied")  # «خبر … مبنی بر دیدار … تأیید نمی‌شود»
        if form is not None and form.tense == "pluperfect":
            time = "background"
            why.append("verb: pluperfect")
    elif verb is not None and not (occasion and site.telling and not future(site, verb)):
        told = by_verb(site, verb, why, statuses, keeps=keeps, governed=governed)
        statuses |= told - _OF_THE_WORDS if site.uttered else told
        form = site.tokens[verb].form
        if form is not None and form.tense == "pluperfect":
            time = "background"
            why.append("verb: pluperfect")
        if not keeps and not governed and not statuses - {"claimed"}:
            if form is not None and form.tense == "future":
                statuses.add("planned")  # «حملات … شامل … خواهد بود»
                why.append("verb: future")
            elif not site.result:
                verdict.presupposed = True
    elif (
        not keeps
        and not site.result
        and not statuses - {"claimed"}
        and not (noun_alone == "happened" and heads(site, clause))
    ):
        verdict.presupposed = True
    if not (site.verbal or site.uttered) and (word := offered(site)):
        statuses.add("proposed" if site.named == "proposed" or word != "احتمالی" else "conditional")
        why.append(f"after: «{word}»")
    if verb is None and not site.verbal:
        why.append(VERBLESS)
        last = site.tokens[site.held[-1]].form
        if last is not None and last.negative:
            statuses.add("denied")
    # a date there dates the talk, not the deal, but for its own («امضای … در بامداد ۲۸ خرداد»)
    talked_of = verdict.presupposed and site.named == "proposed" and not own_date(site)
    if time == "current" and not statuses - {"claimed"} and habit(site, verb):
        time = "background"
        why.append("verb: habitual")
    if again(site, verb) and not statuses - {"claimed"}:
        time = "background"
        why.append("repeatedly")
    verdict.time, ahead = by_dates(site, clause, verdict, time, why, statuses)
    verdict.presupposed = verdict.presupposed or talked_of
    if ahead and not site.uttered and not statuses - {"claimed"} and may_lie_ahead(site, verb):
        statuses.add("planned")
    dated = any(w.startswith("date") for w in why) or fresh(site, clause)
    if clause.kind == "relative" and not site.flash and not dated and not statuses - {"claimed"}:
        verdict.time = "background"
        why.append("relative clause")
    now = verb is not None and (form := site.tokens[verb].form) is not None and form.tense == "present"
    if not (site.flash or site.uttered or now or dated or statuses - {"claimed"}) and told_earlier(site, clause):
        verdict.time = "background"
        why.append("told earlier: pluperfect")
    if not (site.uttered or dated or statuses - {"claimed"}) and when(site, clause):
        verdict.time = "background"
        why.append("subordinate clause of time")
    if not (site.flash or site.uttered or site.accuses or dated or statuses - {"claimed"}) and reason(site, clause):
        verdict.time = "background"
        why.append("given as a reason")
    if site.deep and not (site.uttered or dated or now or statuses - {"claimed"}) and verdict.time == "current":
        verdict.time = "background"
        why.append("deep in the article, undated")
    if not (site.uttered or statuses - {"claimed"}) and (taken_for_granted(site, clause) or asked_why(site)):
        verdict.time = "background"
        why.append("told how, not that")
    if verdict.presupposed and not statuses - {"claimed"} and not any(w.startswith("date: past") for w in why):
        shown = caption(site) and site.named == "happened" and any(h.what.phrase in UNDER_WAY for _, h in found)
        if shown or hours_ago(site):
            verdict.presupposed, verdict.time = False, "current"
            why.append("caption" if shown else "hours ago")
    if verdict.presupposed:
        why.append(PRESUPPOSED + ": the clause tells something else of it")
        talked = (
            site.named == "proposed"
            and verb is not None
            and may_lie_ahead(site, verb)
            and not (occasion and site.telling)
            and not any(r == "before" for r, _ in found)
        )
        if talked and not dated and not statuses - {"claimed"}:
            statuses.add("proposed")  # «توافق با … دشوار است»: talked about, not told
        else:
            verdict.time = "background"
    if site.accuses and not statuses:
        statuses.add("claimed")
        why.append("an accusation")
    verdict.status = next((s for s in ORDER if s in statuses), "happened")
    if verdict.status in _OPEN and verdict.time == "background" and not any(w.startswith("date: past") for w in why):
        verdict.time = "current"  # what is planned, asked for or refused is still so, unless a date says that it was
    return verdict
