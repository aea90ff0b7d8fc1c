"""A made-up portfolio in Markdown: the same words every time. Nobody in it exists, and most of its words do not either."""

import random

COMMON = (
    "the and to of a in that it was we she he they with for on is as had at not but be this have from or by one what so "
    "there when out up if about who which their me into then could them some other than its only our over also after "
    "first even new because any these us week session client walk sleep listening question plan goal small step change "
    "family kitchen morning evening feeling difficult quiet story hope later surgery talk slowly noticed asked again"
).split()
# Words of these endings and beginnings look like English to a shaper and to a compressor.
HEADS = "re con un per dis in pro be com over ad de en ex mis out pre sub trans under for inter".split()
MIDDLES = (
    "port lear mar stan gath ten carr vis lon wal hel sim bor ket tam rid pos fin gra sel mun dor lis wen par cor bal nod "
    "fal mer sto rin tal hum ber lat min sor cal din fer gol hin jus kel lam mot nar"
).split()
TAILS = "ed ing er ly ness ment able ful tion s al ish ity ance ent ous ive age en".split()
LETTERS = "áéŵŷłżńóö"


def vocabulary(chance):
    """Seven thousand words; the first of them are the most frequent."""
    words = list(COMMON)
    known = set(words)
    while len(words) < 7000:
        parts = [chance.choice(HEADS)] if chance.random() < 0.45 else []
        parts += [chance.choice(MIDDLES) for _ in range(1 if parts else chance.choice((1, 2)))]
        word = "".join(parts) + chance.choice(TAILS)
        if chance.random() < 0.01:
            at = chance.randrange(1, len(word))
            word = word[:at] + chance.choice(LETTERS) + word[at + 1 :]
        if word not in known:
            known.add(word)
            words.append(word)
    return words


class Writer:
    """Writes sentences whose words are as frequent as words are: the second half as often as the first, and so on."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.words = vocabulary(self.chance)
        weights = [1 / (rank + 2.7) for rank in range(len(self.words))]
        total, self.heaped = 0.0, []
        for weight in weights:
            total += weight
            self.heaped.append(total)

    def some(self, count):
        return self.chance.choices(self.words, cum_weights=self.heaped, k=count)

    def text(self, count, marked=False):
        """`count` words in sentences with the marks that people set; with emphasis, strong words and a link if `marked`."""
        chance, words = self.chance, self.some(count)
        third = count // 3
        places = [part * third + chance.randrange(1, third - 2) for part in range(3)] if marked else []
        # The last first, since two words become one place.
        for kind, at in reversed(list(enumerate(places))):
            words[at] = [
                f"*{words[at]}*",
                f"**{words[at]} {words[at + 1]}**",
                f"[{words[at]} {words[at + 1]}](https://example.org/{words[at + 1]})",
            ][kind]
            if kind > 0:
                del words[at + 1]
        out, left, capital = [], 0, True
        for at, word in enumerate(words):
            if left == 0:
                left = chance.randrange(7, 22)
            left -= 1
            if capital and word[0].isalpha():
                word = word[0].upper() + word[1:]
            capital = False
            kind = chance.random()
            last = at + 1 == len(words)
            if left == 0 or last:
                word += "." if kind < 0.9 or last else "?" if kind < 0.96 else "!"
                left, capital = 0, True
            elif word[0] in "*[" or word[-1] in "*)":
                pass
            elif kind < 0.07:
                word += ","
            elif kind < 0.08:
                word += ";"
            elif kind < 0.088:
                word = f"({word})"
            elif kind < 0.096:
                word = f"“{word}”"
            elif kind < 0.104:
                word += " –"
            elif kind < 0.11:
                word += "’s"
            elif kind < 0.116:
                word += "-" + chance.choice(COMMON[-20:])
            elif kind < 0.122:
                word = f"{chance.randrange(2, 90)} {word}"
            elif kind < 0.126:
                word = f"{chance.randrange(1, 5)}.{chance.randrange(1, 9)} and {word}"
            out.append(word)
        return " ".join(out)

    def title(self):
        return " ".join(self.some(5)).capitalize()

    def entry(self, number):
        """Some 250 words."""
        yield f"## Entry {number}: {self.title()}"
        yield self.text(60, marked=True)
        yield f"### {self.title()}"
        yield "\n".join(f"- {self.text(11)}" for _ in range(3))
        yield self.text(55, marked=True)
        yield f"> {self.text(26)}"
        yield "\n".join(f"{place}. {self.text(10)}" for place in range(1, 4))
        yield self.text(46)

    def table(self, rows):
        yield "| Date | Minutes | What it was | What came of it |\n|---|--:|---|---|\n" + "\n".join(
            f"| {self.chance.randrange(1, 29)} June 2026 | {self.chance.randrange(20, 90)} "
            f"| {' '.join(self.some(4))} | {self.text(12)} |"
            for _ in range(rows)
        )


def portfolio(entries, rows=300):
    """The whole portfolio as Markdown; chapters of fifty entries."""
    writer = Writer(f"portfolio of {entries}")
    blocks = []
    for number in range(1, entries + 1):
        if number % 50 == 1:
            blocks.append(f"# Chapter {number // 50 + 1}")
        blocks += writer.entry(number)
    blocks.append("# All sessions")
    blocks += writer.table(rows)
    return "\n\n".join(blocks) + "\n"
