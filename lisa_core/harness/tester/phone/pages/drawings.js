// Line drawings of what is asked: seen from the side, a booth with its door at the left and its table at the right.
// Each is a list of paths in a field of 240 by 150; those that begin with "!" are what it is about.

const SVG = "http://www.w3.org/2000/svg";

const FLOOR = "M10 138H230";
const DOOR = "M22 138V30H62V138M54 86V92";
const DOOR_OPEN = "M22 138V30M22 30L44 18V150L22 138";
const TABLE = "M168 92H228M176 92V138M222 92V138";
const CHAIR = "M128 72V104H156M132 104L128 138M152 104L156 138";
const SENSOR = "M206 22H226V38H206ZM206 30L196 30";

const man = (x, y = 56) => `M${x} ${y - 9}a9 9 0 1 0 .1 0M${x} ${y + 10}V${y + 46}M${x} ${y + 46}L${x - 10} ${y + 82}M${x} ${y + 46}L${x + 10} ${y + 82}M${x} ${y + 18}L${x - 13} ${y + 38}M${x} ${y + 18}L${x + 13} ${y + 38}`;
const SITTING = "M141 50a9 9 0 1 0 .1 0M141 69V102H164V134M141 78L160 88";
const arrow = (x, y, dx) => `!M${x} ${y}H${x + dx}M${x + dx - Math.sign(dx) * 9} ${y - 8}L${x + dx} ${y}L${x + dx - Math.sign(dx) * 9} ${y + 8}`;
const down = (x, y, dy) => `!M${x} ${y}V${y + dy}M${x - 8} ${y + dy - Math.sign(dy) * 9}L${x} ${y + dy}L${x + 8} ${y + dy - Math.sign(dy) * 9}`;
const page = (x, y, w = 44, h = 58) => `M${x} ${y}H${x + w}V${y + h}H${x}ZM${x + 8} ${y + 14}H${x + w - 8}M${x + 8} ${y + 26}H${x + w - 8}M${x + 8} ${y + 38}H${x + w - 18}`;
const HAND = "M0 0V-22a5 5 0 0 1 10 0V-4M10 -6a5 5 0 0 1 10 0V0M20 -3a5 5 0 0 1 9 0V4M29 0a5 5 0 0 1 8 1V16Q36 34 20 34H12Q4 34 -8 12a5 5 0 0 1 8 -4";
const hand = (x, y) => ({ d: HAND, move: `translate(${x} ${y})` });

const SCANNER = "M70 70H190V112H70ZM86 70L98 40H170L180 70M84 92H92";
const GLASS = "M62 96H190V124H62ZM62 96L78 34H190L190 96M78 104H174V114H78Z";
const PAD = "M62 70H178L196 118H46ZM76 78H166L178 108H62Z";
const READER = "M82 84H158V118H82ZM96 101H144";

const DRAWINGS = {
  enter: [FLOOR, DOOR_OPEN, TABLE, man(98), arrow(60, 116, 78)],
  leave: [FLOOR, DOOR_OPEN, TABLE, man(110), arrow(150, 116, -78)],
  sit: [FLOOR, DOOR, TABLE, CHAIR, SITTING, down(112, 62, 40)],
  stand: [FLOOR, DOOR, TABLE, CHAIR, man(106), down(82, 100, -44)],
  stand_at: [FLOOR, DOOR, SENSOR, man(104), "!M104 146H206M104 141V150M206 141V150"],
  door_open: [FLOOR, DOOR_OPEN, TABLE, arrow(62, 84, 60)],
  door_shut: [FLOOR, DOOR, TABLE, arrow(128, 84, -56)],
  door_bounce: [FLOOR, DOOR, TABLE, "!M74 66L84 60M74 84H88M74 102L84 108", "M44 18L22 30"],
  two_in: [FLOOR, DOOR_OPEN, TABLE, man(136), { d: man(90), mark: true }],
  two_out: [FLOOR, DOOR_OPEN, TABLE, man(146), { d: man(96), mark: true }, arrow(80, 122, -44)],
  button: ["M84 30H156V102H84Z", "!M120 46a20 20 0 1 0 .1 0", hand(114, 112)],
  speak: [FLOOR, TABLE, CHAIR, SITTING, "!M166 42Q174 54 166 66M178 36Q190 54 178 72M190 30Q206 54 190 78"],
  camera: ["M196 30V118H212V30Z", "M196 34H120V24H196", "M112 22H128V36H112Z", page(92, 76, 56, 40), "M40 118H230", "!M116 38L92 72M124 38L148 72"],
  feeder: [SCANNER, page(112, 2, 44, 52), down(58, 24, 40)],
  glass: [GLASS, page(104, 62, 44, 38), "!M78 104h14M78 104v-14M78 90l-8 6"],
  jam: [SCANNER, "!M106 54L120 44L132 56L146 42L158 54", "M84 92H92"],
  papers_off: [page(96, 56), page(104, 48), down(160, 96, -56)],
  card: [READER, "!M92 40H148V74H92ZM100 52H114V62H100Z", down(172, 46, 40)],
  card_off: [READER, "!M92 22H148V56H92ZM100 34H114V44H100Z", down(172, 86, -44)],
  sign: [PAD, "!M82 100Q92 80 98 98T112 94T128 92T146 96", "M150 92L186 34L194 40L158 97L149 99Z"],
  line: [PAD, "!M84 98H152", "M74 104H170V112H74ZM84 104V108M98 104V108M112 104V108M126 104V108M140 104V108M154 104V108", "M152 96L188 40L196 46L160 101L151 103Z"],
  touch: ["M40 24H200V116H40Z", "!M92 58H148V84H92Z", hand(112, 90)],
  unplug: ["M20 84H74M74 68H104V100H74Z", "M220 84H174M174 66H150V102H174ZM150 76H138M150 92H138", "!M122 52L116 64M122 116L116 104M128 58V50"],
  plug: ["M20 84H74M74 68H108V100H74Z", "M220 84H166M166 66H142V102H166ZM142 76H120M142 92H120", arrow(196, 50, -64)],
  measure: ["M36 92H204V118H36ZM52 92V104M68 92V100M84 92V104M100 92V100M116 92V104M132 92V100M148 92V104M164 92V100M180 92V104", "!M36 80V60M204 80V60M36 70H204", "M96 22H108L114 14H128L134 22H146V48H96ZM121 28a7 7 0 1 0 .1 0"],
  read: [page(98, 20, 64, 84), "!M108 92H130", "M120 72a20 20 0 1 0 .1 0M134 106L154 126"],
  look: ["M40 76Q120 10 200 76Q120 142 40 76Z", "!M120 54a22 22 0 1 0 .1 0"],
  act: [FLOOR, DOOR, TABLE, man(110)],
};

/** The drawing of this name, hidden from screen readers: its words stand beside it. */
export function drawing(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 240 154");
  svg.setAttribute("aria-hidden", "true");
  for (const one of DRAWINGS[name] ?? DRAWINGS.act) {
    const { d, move, mark } = typeof one === "string" ? { d: one.replace(/^!/, ""), mark: one.startsWith("!") } : one;
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    if (move) path.setAttribute("transform", move);
    if (mark) path.setAttribute("class", "mark");
    svg.append(path);
  }
  return svg;
}

/** Of every drawing its name, for a test that looks at all of them. */
export const NAMES = Object.keys(DRAWINGS);
