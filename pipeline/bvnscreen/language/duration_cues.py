"""Patterns around a length of time or a date: what it is said of, and what makes it something else.

Patterns that end in $ are matched against the words before it, those that begin with ^ against the words
behind it.
"""

from __future__ import annotations

from .dates import ONES
from .rx import rx

RELATIVE = (
    r"\b(?:mother|father|brother|sister|wife|husband|son|daughter|cousin|uncle|aunt|parents?|spouse|partner|"
    r"grand(?:mother|father|parent)s?|mom|dad|twin|fhx?|family)\b"
)
COMPANION = (
    r"\b(?:with|by|accompanied by|helping|help|for|carrying|lifting|moving|to|of|and|per|"
    r"lives with)(?: (?:his|her|their|the|my))?\s$"
)
GENERIC = (
    r"\b(?:requires?|required|requirements?|must|criteri(?:a|on)|polic(?:y|ies)|considered when|"
    r"is covered|covered when|"
    r"are met|all of|guidelines?|guidance|(?:patients|(?:a|any|each|every) patient|individuals|members|adults|people|persons|those|"
    r"participants|candidates?) "
    r"(?:with|who|whose|having)|patients? (?:must|should)|may be considered|indicated (?:for|in|when)|eligible|"
    r"inclusion|trials?|"
    r"most (?:acute |low )?(?:back pain|people|patients|episodes|cases)|"
    r"if (?:you|the patient|a patient|pain|symptoms|not|no)|good candidates?|studies|published|"
    r"medically necessary)\b"
)
# what a payer asks for, whoever tells of it: `I explained that plans look for six months of symptoms`
ASKED_FOR = rx(
    r"\b(?:plans?|insurers?|payers?|insurance|medicare|medicaid|carriers?|polic(?:y|ies)|reviewers?|criteria|coverage) (?:(?:usually|generally|typically|will|would|may|also|always|often|both|all|that|rules?) )*"
    r"(?:looks? for|asks? for|calls? for|wants?|needs?|expects?|requires?|insists? on|demands?)\b[^.;]{0,60}$"
)
PATIENT = (
    r"\b(?:he|she|mr|mrs|ms|my patient|the patient|this patient|claimant|enrollee|his|her|i|pt|meets|"
    r"met criteria|satisfies|your case)\b"
)
GAP = (
    r"(?:\s['\"]?(?:suddenly|gradually|insidiously|acutely|abruptly|spontaneously|again|back|up|hurting|about|"
    r"around|approximately|approx|roughly|at least|shortly|soon|right|immediately|some|over|more than|nearly|almost|just|only|least|"
    r"was|is|were|has been|of|a|the|his|her|my|this|at|point|time|sometime|one|on or about|post-?partum|during|after|pregnancy|childbirth|for no (?:[a-z]+ )?reason|"
    r"without (?:[a-z]+ ){0,3}(?:injury|trauma|event|cause|incident|reason|warning|provocation)),?)*"
)
ONSET = (
    r"\b(?:onset(?:\s?[:=-]\s?(?:[a-z]+[,;]?\s){0,2})?|began|begun|begins|beginning|start(?:ed|s|ing)?(?: date)?|commenced|developed|arose|occurred|first noticed|"
    r"noticed|appeared|surfaced|emerged|crept (?:in|up)|set in|turned up|first (?:documented|recorded|reported|mentioned|felt|seen|charted|listed)|came (?:on|about|out of nowhere))\b['\"]?"
    + GAP
    + r"(?:\s(?:low(?:er)? |lumbar )?(?:back )?(?:pains?|symptoms|lbp|sx)\b(?: (?:was|is))?)?(?: ?\.{3,})?[\s:=-]*(?:\b(?:(?:shortly|soon|just|right|not long|a little|a bit) )?(?:after|down to|(?:shortly|just|not long) before|"
    r"following|when|with|from|due to|because of|as a result of|on|in|at|as|while|during|around|about|near|by|last|this|"
    r"secondary to)\b[^.;]{0,70})?$"
)
# `In early 2023 the pain began`, `2019: developed back pain`: the date stands before what it dates
DATE_LEADS = rx(
    r"(?:^\W*(?:[a-z]\W+)?|[.;:,(] ?|\b(?:and|but|then|until|when) )(?:(?:sometime|somewhere|back|late|early|again|it was|around|about|approximately) )*"
    r"(?:in|on|around|about|during|by|circa|over|throughout)?(?: (?:about|around|early|late|mid|the (?:early|late|middle|end|start|beginning)(?: part)? of|approximately|the))*[ -]?$"
)
BEGAN_BEHIND = rx(
    r"^[,:]?(?: -)? (?:[a-z'-]+,? ){0,8}?(?:began|begun|started|came on|crept (?:in|up)|set in|appeared|arose|emerged|surfaced|turned up|commenced|developed|noticed|experienced)\b(?P<rest>[^.;]{0,50})"
)
AGAIN = rx(
    r"^ (?:up )?(?:again|back|anew|to (?:improve|settle|ease|subside|resolve|get (?:better|worse)|worsen|progress|increase|flare))\b"
)
SINCE = (
    r"\b(?:since|pre-?dat(?:es?|ing|ed)|dat(?:es?|ing|ed)(?: (?:it|this|the|his|her|my|low|lower|pain|lbp|symptoms|onset|start|beginning|of|lumbar|back|at least|as far|all the way))* (?:to|from)|stem(?:s|ming) from|(?:go(?:es|ing)?|went) back to|"
    r"trace[sd]? (?:\w+ ){0,8}to)\b(?:approx\.|[^.;]){0,70}$"
)
WORSENING = (
    r"\b(?:wors(?:e|en(?:ed|ing|s)?)|progress(?:ed|ing|ive|ively)?|increas(?:ed|ing|ingly)|"
    r"deteriorat(?:ed|ing)|escalat(?:ed|ing)|"
    r"intensif(?:ied|ying)|more (?:severe|intense|frequent|constant|bothersome)|severe|unbearable|"
    r"constant(?:ly)?|continuous(?:ly)?|daily)"
    r"((?:,? [a-z'-]+){0,4}?),?\s(?:over|for|in|during|since|within|x|these|by|about|approximately|"
    r"roughly|starting|beginning)?\s?"
    r"(?:about |approximately |roughly )?(?:the |this |these )?(?:past|last|recent|previous|preceding)?\s?$"
)
WORSENING_NOW = r"\b(?:wors(?:e|en(?:ed|ing|s)?))\s(?:about |approximately |around )?$"
NEW = r"\b(?:flare|exacerbation|new|different|much worse|worse|worsened|increased|acute)\b"
FUTURE = (
    r"\b(?:in|within|after|every|next|at|until|per|by|another|additional|q|for the next|over the next|"
    r"up to)\s(?:the\s|about\s|approximately\s|another\s|next\s|coming\s|following\s)?$"
)
PAST_IN = (
    r"\b(?:over|in|during|within|for)\s(?:the\s|these\s|this\s|his\s|her\s)?(?:past|last|previous|"
    r"preceding|recent)\s?$"
)
FREE_UNTIL = (
    r"\b(?:pain[ -]?free|free of pain|asymptomatic|symptom[ -]free|doing well|fine|"
    r"no (?:(?:low|lower) )?(?:back )?(?:pain|symptoms|problems|trouble)|"
    r"den(?:ies|ied) (?:any |having )*(?:(?:low|lower) )?back (?:pain|problems|trouble)|resolved)\b[^.;]{0,40}"
    r"\b(?:until|prior to|before)\s(?:about |approximately |roughly |around |"
    r"some )?(?:the past |the last )?$"
)


ENDED = r"(?:resolved|resolution|recover(?:ed|y)|cleared|healed|subsided|settled|abated|went away|got better|got over it)\b"
BEARABLE_UNTIL = (
    r"\b(?:under (?:good |fair |reasonable )?control|(?:well |reasonably |fairly )?(?:controlled|managed)|manageable|tolerable|bearable|"
    r"mild|stable|intermittent|at (?:its|his|her) baseline|tolerated)\b[^.;]{0,40}\b(?:until|up to|till)\s(?:[a-z]+\s){0,4}$"
)
SINCE_THEN = rx(
    r"\b(?:ever since|since then|since that (?:day|time|point|moment)|from (?:then|that (?:day|time|moment|point))(?: on\w*| until now| till now| to now)?|"
    r"(?:not|never|hasn't|hasnt|haven't) (?:\w+ ){1,8}since|every day (?:since|after)|"
    r"never (?:been |come |got |gone |felt |quite )*(?:right|the same|away|settled|back to normal|recovered|healed))\b"
)
# years without pain: "ten good years without any at all", "a decade with none", "settled for twelve years"
FREE_YEARS = rx(
    r"\b(?:(?:[a-z]+|\d+) good|pain[ -]?free|symptom[ -]?free|clear|quiet|painless) (?:years?|decades?)\b"
    r"|\b(?:years?|decades?)\b(?: without (?:a |any )?(?:single |day's |moment's |real )?(?:twinge|trouble|pain|any|ache|symptoms?|problems?)| with (?:none|nothing|no)| free)\b"
    r"|\b(?:nothing|none|free of it|no trouble|left (?:him|her|me) alone)(?: at all| whatsoever)? for (?:[a-z0-9]+ ){1,3}(?:years|decades?)\b"
    r"|\b(?:settled|cleared|quiet|gone|away|vanished|disappeared|well)\b[a-z ]{0,12} for (?:[a-z0-9]+ ){1,3}(?:years|decades?)\b"
)
CAME_BACK = r"(?:came back|come back|comes back|returned|recurred|(?:is|was|been) back|started (?:up )?again|began again|reappeared)"
BACK_AT = rx(
    r"\b"
    + CAME_BACK
    + r"(?: (?:again|only|first|in|on|at|around|about|since|the|middle|beginning|start|end|of))* $"
)
THEN_BACK = rx(
    r"^,? (?:it|everything|this|that|symptoms|the [a-z ]{0,12}?(?:pain|ache|trouble))(?: (?:has|had|all|then|suddenly|gradually|slowly))* "
    + CAME_BACK
    + r"\b"
)
OVER = (  # "lumbar strain 10 years ago that fully recovered", "sciatica 2 years ago, settled with rest"
    r"^\s(?:ago|back|prior|earlier|before),?\s(?:[a-z]+\s){0,3}?(?:(?:that|which|it|and|but|with)\s)*(?:(?:has|had|was|since|fully|full|complete|completely|eventually|then|soon|later)\s)*"
    + ENDED
)
OVER_SINCE = (
    r"^(?: after (?:[a-z]+ ){0,3}[a-z]+)?[;,.]? (?:(?:now|since|has|which|that|it|then|fully|completely|and|but) )*"
    + ENDED
)
BEFORE_EVENT = r"^[\s,]{0,2}(?:prior to|before) (?:that [a-z]+|the|this|his|her|my|their|an?|having|getting|any|undergoing|[a-z]+ (?:surgery|ablation|fusion|procedure)|surgery)\b"
BEFORE_VISIT = r"^[\s,]{0,2}(?:prior to|before) (?:[a-z]+ )?(?:visit|presentation|presenting|evaluation|today|appointment|consult\w*|exam\w*|admission|referral|arrival|coming|seeing|seeking|being|mri|scan|study|imaging)\b"
WITH_LEG = rx(
    r"^ ?(?:and|with|plus|&|\+|/) ?(?:(?:right|left|bilateral|b ?/ ?l|bl|some|associated|rt|lt|r|l) )*$"
)
LEG_WORDS = rx(r"\b(?:legs?|cal(?:f|ves)|foot|feet|toes?|ankles?|heels?|shins?|sciatica?|radicul\w+)\b")
NOT_THE_LEG = rx(
    r"\b(?:back\w*|c?lbp|lumb\w*|spin(?:e|al)|belt\w*|waist\w*|axial|no|not|nor|none|nothing|never|den(?:ies|ied|y)|without|free|both|also|and)\b"
)
OF_THE_LEG = rx(
    r"^,? (?:(?:there|it|the|his|her|my|a|some|new|more|also|severe|constant|with|of|left|right|he|she|has|have|had|is|been|developed|pains?|"
    r"in|from|down|into|to|both) )*(?:(?:[a-z]+ ){0,3}pains? (?:in|from|down|into|to) (?:[a-z]+ ){0,3})?(?:legs?|sciatica|radicular|buttocks?|foot|calf|thigh|ankle|heel|numbness|tingling)\b"
)
DOWN_THE_LEG = rx(  # "he has had pain from the buttock to the heel"
    r"^ (?:in|from|down|into|along|through|of) (?:(?:the|his|her|my|both|left|right|lateral|posterior|outer|back|of) )*"
    r"(?:buttocks?|legs?|thighs?|cal(?:f|ves)|shins?|heels?|foot|feet|ankles?)\b"
)
DAY = (
    r"\b(yesterday|last night|this morning|earlier today|today|(?:on |last |this past |\b(?:since|this|began|started|happened|back) )(?:mon|"
    r"tues|wednes|thurs|fri|satur|sun)day|over the weekend|(?:this |last |this past )weekend|last week)\b"
)
STAGE = (
    r"\b(?:since|when|around|about|dating back to|from|began (?:in|at)|started (?:in|at)|onset (?:in|at)|"
    r"noticed (?:in|at)|(?:came on|appeared|developed|set in|arose) (?:in|at)|at|(?:the|that) (?:very )?(?:year|winter|spring|summer|autumn|fall)(?: (?:that|when|in which|before|after))?)(?: (?:his|her|their|the|my|early|late|mid|about|around|a|he was|she was|"
    r"i was|in|young|the time|(?:year|winter|spring|summer|autumn|fall)|(?:he|she|i) turned|turned)| (?:an?|the|his|her|my) [a-z ]{3,40}? in (?:his|her|my|their)(?: early| mid| late)?)*[ -]"
    r"(?:(childhood|a child|a kid|child|kid|birth)|(adolescence|teens?|teenager|teenage years|"
    r"teen years|high school|junior high|school ?days|(?:final|last|first|senior) year (?:of|at|in) (?:high )?school)|(college|university)|(?:age(?: of)?|"
    r"the age of)? ?(?:about )?(\d{1,2}|[a-z]+teen|(?:twenty|thirty|forty|fifty|sixty)(?:[ -](?:"
    + "|".join(ONES.split()[1:10])
    + r"))?)(?: years? old|"
    r" yo)?\b|(\d0)'?s|(twenties|thirties|forties|fifties))"
)
CHILD = (  # "since my youngest was born and he just turned four", "after the birth of her twins, now 9 months old"
    r"\b(?:since|after|following|with|began|started|came on|from|when|during)\b[^.;?!]{0,45}?\b(?:born|births?|deliver(?:y|ed)|post-?partum|(?:first|second|last) "
    r"(?:baby|child)|pregnan(?:t|cy)|(?:had|having|carrying|expecting) (?:my|her|his|their|our|an?) (?:\w+ ){0,2}(?:son|daughter|child|kid|baby|twins|boy|girl|eldest|oldest|youngest|first|second|third)s?)\b"
    r"[^?!\n]{0,40}?(?:\b(?:is|are|at|now|just|turned|turning|aged?|hes|shes)|'s) (?:now |just |already |almost |about |turned |turning )*"
    r"(\d{1,2}|"
    + "|".join(ONES.split()[1:])
    + r")(?: (?:and a half|1/2))?\b[ -]?(?:(years?|yrs?|y/?o)|(months?|mos?)|(weeks?|wks?))?"
)
CHILD_ASIDE = (  # "since her son, now four, was born"
    r"\bsince (?:his|her|my|their|the) (?:\w+ ){0,2}(?:son|daughter|child|baby|boy|girl|twins|eldest|oldest|youngest),? \(?"
    r"(?:(?:who|has|have|is|are|now|just|turned|aged?) )+(\d{1,2}|"
    + "|".join(ONES.split()[1:])
    + r")\b ?(?:(years?|yrs?|y/?o)|(months?|mos?)|(weeks?|wks?))?(?: old)?[,)]{0,2} (?:was|were) born\b"
)
ONSET_AGE = (  # "How old were you when this began? 29", "Age at onset: 33"
    r"\b(?:how old (?:was|were) (?:you|he|she)\b[^?\n]{0,60}\?|age (?:at|of) (?:onset|first [a-z]+)|onset (?:at )?age|age when [a-z ]{0,40})"
    r"[\s:=.]{1,8}(\d{1,2})\b"
)
HOW_MANY = (  # "How many years have you had back pain? 7"
    r"\bhow many (years?|yrs|months?|mos|weeks?|wks|days?) (?:have|has|is it|ago|since|of)\b[^?\n]{0,70}\?[\s:]{0,4}(\d{1,3})\b"
)
NOT_THE_CHILD = rx(
    r"\b(?:son|boy)\b.*[.;,] (?:and )?she\b|\b(?:daughter|girl)\b.*[.;,] (?:and )?he\b|\bpatient\b"
)
TURNED_LATELY = rx(
    r"^ ?(?:years? old )?(?:(yesterday|today|this week|last week|(?:on |last |this )[a-z]+day)|(?:last|this) month)\b"
)
WHOLE_LIFE = (
    r"\b(?:all|most|much) of (?:his|her|my|their) (?:adult )?life\b|\bhalf (?:of )?(?:his|her|my|their) (?:adult )?life\b|\b(?:life ?long|lifelong)\b|"
    r"\b(?:as long as|longer than) (?:he|she|i|they) (?:can|cares? to) (?:remember|recall)\b|\b(?:all|whole) (?:his|her|my) life\b|"
    r"\b(?:his|her|my|their) (?:whole|entire) (?:adult )?life\b"
)


# "a twelve-week functional restoration program"
COURSE = rx(r"^ (?:[a-z-]+ ){0,4}(?:program(?:me)?|course|regimen|trial|class|series|rehab\w*|therapy)\b")
TO_NOW = rx(r"^ (?:to (?:present|date|now|today|the present)|(?:until|till) now|on(?:wards?)?)\b")
TIME_OF = rx(r"\b(?:since|after|following|around|when|before)(?: (?:the|his|her|their|my|late|own))* $")
LOW_DOWN = rx(
    r"^[^.;]{0,30}\b(?:lower down|low down|low back|lower back|lumb\w+|belt|lumbosacral|l[45]\b|midline)"
)
ASKS_AHEAD = rx(r"\b(?:how long|when) (?:must|should|can|could|will|would|do|does|before|until|to|after)\b")
# pain that is measured in hours is a fresh one
IN_HOURS = rx(r"\b(?:for|x|past|last|since|these|over)\b[^|]*\||\|\s?(?:ago|history|hx|of)\b")
# how long a treatment did: "helped maybe half, lasted under a year"
HELPED = rx(
    r"\b(?:helped|helps|relief|relieved|worked|benefit|effect)\b[^.;:]*\b(?:last(?:ed|ing)|held|wore off (?:after|in))\s(?:(?:for|about|only|just|less than|under|over|maybe|around) )*$"
)
# how long relief has held: "it has stayed there for the past eight months"
STAYED = rx(
    r"\b(?:(?:stayed|held|kept) (?:there|so)|(?:stayed|remained|held|kept|maintained|been) (?:that way|down|low|away|better|improved|gone|well|at (?:that|this) level|under control|controlled|good))\b"
    r"(?: (?:at|for|since|over|now|the|this|past|last|\w+ly))*\s?$"
)
