/** What text is taken for where nothing else is evident: it can decode any bytes. */
const FALLBACK = "windows-1252";

/** How many bytes are looked at, from the first one beyond ASCII. */
const SAMPLE = 64 * 1024;

const CYRILLIC = "оаеинтсрвлкмдіуыя";

const GREEK = "αοιετνσηρπκμλάίόέήώύςυ";
const HEBREW = "יוהלאמרתבשנדעק";

const CHINESE =
  "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话者向情部正名定女问力机给等几业最间新什打便位因重被电四第门相次东政海口使教西再平真世气信北少关并内加化由代产入先山五太水万市体别处总场师书比住员九性通目华报立马命张活数件安表原车白应路期常提感金反合放做系计或司利受光王果界及今京务制解各任至清物台记边共风接特望直服林题建南度统色字请交认算论百科元社术结六功指流每青管远资队条院变联权往展该领传近红治决周保达办运半七城强步完深区求品转量空技程语英基派满式李息识德收钱持取设始版历史商千容研站广改议形委早房音火际则首单据导失网斯专石校读志飞观争究包组造视济切宝省县州岛街号店亚尼拉克兰阿尔维巴罗销售购买价格数量客户订编码姓址箱邮";
const TRADITIONAL =
  "的一是不了在人有我他這中大來上個國到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長知民樣現分將外但身些與高意進把法此實回二理美點月明其種聲全工己話者向情部正名定女問力機給等幾業最間新什打便位因重被電四第門相次東政海口使教西再平真世氣信北少關並內加化由代產入先山五太水萬市體別處總場師書比住員九性通目華報立馬命張活數件安表原車白應路期常提感金反合放做系計或司利受光王果界及今京務制解各任至清物台記邊共風接特望直服林題建南度統色字請交認算論百科元社術結六功指流每青管遠資隊條院變聯權往展該領傳近紅治決週保達辦運半七城強步完深區求品轉量空技程語英基派滿式李息識德收錢持取設始版歷史商千容研站廣改議形委早房音火際則首單據導失網斯專石校讀志飛觀爭究包組造視濟切寶省縣州島街號店亞尼拉克蘭阿爾維巴羅銷售購買價格客戶訂編碼姓址箱郵檔案選";
const KANJI =
  "日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選立開手米力学問高代明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気小七成期公野協取都和統以機平総加山思家話世受区領多県続進正安設保改数記院女初北午指権心界支第産結百派点教報済書府活原先共得解名交資予川向際査面委告文反元重近千考判認画海参売利組知案道信策集在件団別物側任引使求所次水半品論計死官増係感特情投示変打男基私各始島直両価式確村提運終西減台広必応電住能無再位置流有口過局少放検町常校料状工建語営空職証土急止送供可役構木割聞身費付由説転食比何南石足消番規術護展備宅配副算視条宮究起万着店残線率州質試族域例早限親額環験追商形担造英株頭技低毎医復個門種美岡福量松佐型白字答製票音申様財港注達阪神奈奥崎阜";
const KOREAN =
  "이다는에을의가고하를로은한지도사나기어서자리시그있아수대정일라해들인과만부보원장상주전공조성구제스국여관연안신적할면거게것때며년우생각오유미식문내동중소용비트경선모무말려물없더으와학김박최강윤임울산천광충청북남군길호명번값격량품목매출판액날짜름체합계단위분류등록회코드록화터니드르아크페프벨포란타른레린브마바키세메네파저음됨입력십까발행현재또는료않";

/** What has no separator, number or sign of ASCII within. */
const WORD = /[a-z\u0080-\u{10ffff}]+/giu;
/** In words of another alphabet: a letter of Latin, or a small letter before a capital one. */
const MIXED_LETTERS = /[A-Za-z]|\p{Ll}\p{Lu}/u;
/** In words of East Asian languages: a single character between letters of Latin. */
const MIXED_SIGNS = /[A-Za-z][^A-Za-z][a-z]/u;

interface Candidate {
  encoding: string;
  common: ReadonlySet<string>;
  /** Fewer characters beyond ASCII say nothing; this share of them must be common, and so many times that of the next encoding. */
  least: { characters: number; share: number; margin: number };
}

const OF_ALPHABET = { characters: 40, share: 0.68, margin: 1.2 };
const OF_MANY = { characters: 8, share: 0.5, margin: 1.4 };

const kana = Array.from({ length: 0xa0 }, (_, at) => String.fromCharCode(0x3041 + at)).join("");
const set = (text: string) => new Set(text);
const cyrillic = set(CYRILLIC + CYRILLIC.toUpperCase());
const greek = set(GREEK + GREEK.toUpperCase());
const hebrew = set(HEBREW);
const japanese = set(`${kana}ー、。「」・々${KANJI}`);

const CANDIDATES: readonly Candidate[] = [
  { encoding: "windows-1251", common: cyrillic, least: OF_ALPHABET },
  { encoding: "koi8-r", common: cyrillic, least: OF_ALPHABET },
  { encoding: "windows-1253", common: greek, least: OF_ALPHABET },
  { encoding: "windows-1255", common: hebrew, least: OF_ALPHABET },
  { encoding: "shift_jis", common: japanese, least: OF_MANY },
  { encoding: "euc-jp", common: japanese, least: OF_MANY },
  { encoding: "euc-kr", common: set(KOREAN), least: OF_MANY },
  { encoding: "gb18030", common: set(`${CHINESE}，。、：；（）《》`), least: OF_MANY },
  { encoding: "big5", common: set(`${TRADITIONAL}，。、：；（）《》`), least: OF_MANY },
];

/** The most likely encoding of a text that is neither in UTF-8 nor in UTF-16; the fallback unless there is strong evidence. */
export function likelyEncoding(bytes: Uint8Array): string {
  const first = bytes.findIndex((byte) => byte > 0x7f);
  const sample = bytes.subarray(first, first + SAMPLE);
  const shares = CANDIDATES.map((candidate) => ({ ...candidate, share: commonShare(sample, candidate) }));
  const [best, next] = shares.sort((a, b) => b.share - a.share);
  if (!best || best.share < best.least.share) return FALLBACK;
  return best.share >= best.least.margin * (next?.share ?? 0) ? best.encoding : FALLBACK;
}

/** Which share of the characters beyond ASCII is common in a language; 0 where the bytes are not in its encoding. */
function commonShare(sample: Uint8Array, { encoding, common, least }: Candidate): number {
  const text = decoded(sample, encoding);
  let [all, found] = [0, 0];
  for (const [word] of (text ?? "").matchAll(WORD)) {
    const isWord = !(least === OF_ALPHABET ? MIXED_LETTERS : MIXED_SIGNS).test(word);
    for (const character of word) {
      if (character < "\u0080") continue;
      all += 1;
      if (isWord && common.has(character)) found += 1;
    }
  }
  return all < least.characters ? 0 : found / all;
}

/** Null for bytes that are not in the encoding; the last character may be cut. */
function decoded(sample: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: true });
  } catch {
    return null;
  }
}
