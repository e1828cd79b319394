/** What happens at last is denied up to then only; by words of many languages at once. */
const day = String.raw`(?:\d|yesterday|today|hier|avant-hier|aujourd|ieri|oggi|ayer|hoy|ontem|hoje|(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|luned|marted|mercoled|gioved|venerd|sabato|domenica|lunes|martes|miércoles|jueves|viernes|sábado|domingo|january|february|march|april|may|june|july|august|september|october|november|december|last |this morning|ce matin|stamattina|esta mañana|يوم|[أا]مس|اليوم)`;

const past = String.raw`(?:(?:did|was|were|had)(?:n['’]?t| not)|n['’](?:est|a|ai|as|ont|avons|avez|étai\p{L}+|avai\p{L}+)|ne (?:(?:l|m|nous|vous|t)['’ ]?)?(?:sont|est|a|ont|fut|furent|parvint)|non (?:\p{L}{1,3} )?(?:è|era|ha|hanno|sono|erano|arrivò)|no (?:\p{L}{1,3} )?(?:ha|han|había|habían|fue|\p{L}+(?:ó|aron|ieron))|não (?:\p{L}{1,3} )?(?:\p{L}+(?:ou|eu|iu|aram|eram|iram))|لم|ما)`;

const then = String.raw`(?:until|till|before|que|qu['’]|che|prima|hasta|antes|sino|senão|إلا|الا)(?:\s(?:on|at|the|le|la|il|l['’]|el|o|d[eiou]l?|d[ao]|em|no|na|في|بعد))*[\s’']*`;

/** "It did not work until Sunday": what goes on being so has no such day. */
const ofWorking = String.raw`(?![^,;:.!?]{0,20}?(?<!\p{L})(?:work(?:ed|ing)?(?!\p{L})|march(?:é|ait)|fonctionn|funzion|funcion|يعمل|تعمل|يشتغل|تشتغل|اشتغل))`;

/** "It did not arrive until 12 March", "n'est arrivé que le 12", "لم يصل إلا يوم 12": it did, and then. The text from the negation on. */
export const saysOnlyThen = new RegExp(`^${ofWorking}(?:${past}|not)\\s(?!pas\\s)(?:[^,;:.!?\\s]+\\s){0,5}?${then}${day}`, 'iu');

/** The same, up to the day: what stands before it closes no term. */
export const opensOnlyThen = new RegExp(`(?<!\\p{L})${ofWorking}${past}\\s(?!pas\\s)(?:[^,;:.!?\\s]+\\s){0,5}?${then}$`, 'iu');
