// Wins, Elo and Bradley-Terry strengths of the scripted votes.

const SCALE = 400 / Math.LN10;

export function rankingOf(ids, votes) {
  const strength = strengthsOf(ids, votes);
  const elo = eloOf(ids, votes);
  const rows = ids
    .map((document) => {
      const own = votes.filter((v) => v.first === document || v.second === document);
      const wins = own.filter((v) => v.winner === document).length;
      const ties = own.filter((v) => v.winner === null).length;
      const count = own.length;
      const half = count === 0 ? 0 : (2.1 * SCALE) / Math.sqrt(count);
      const bradleyTerry = count === 0 ? null : 1000 + SCALE * strength.get(document);
      return {
        document,
        wins,
        losses: count - wins - ties,
        ties,
        winRate: count === 0 ? null : (wins + ties / 2) / count,
        elo: elo.get(document),
        bradleyTerry,
        low: bradleyTerry === null ? null : bradleyTerry - half * 0.9,
        high: bradleyTerry === null ? null : bradleyTerry + half * 1.1,
      };
    })
    .sort((a, b) => (b.bradleyTerry ?? -1e9) - (a.bradleyTerry ?? -1e9))
    .map((row, index) => ({ rank: index + 1, ...row }));
  const net = (a, b) => {
    const both = votes.filter(
      (v) => [v.first, v.second].includes(a) && [v.first, v.second].includes(b),
    );
    return both.filter((v) => v.winner === a).length - both.filter((v) => v.winner === b).length;
  };
  const netWins = rows.map((row) =>
    rows.map((column) => (row === column ? 0 : net(row.document, column.document))),
  );
  const votesToFlip =
    votes.length === 0 ? null : 1 + Math.max(0, Math.floor((rows[0].wins - rows[1].wins) / 2));
  return { rows, netWins, votesToFlip };
}

function strengthsOf(ids, votes) {
  let p = new Map(ids.map((id) => [id, 1]));
  for (let round = 0; round < 60; round++) {
    const next = new Map(
      ids.map((id) => {
        let won = 0.5;
        let weight = 1 / (p.get(id) + 1);
        for (const v of votes) {
          if (v.first !== id && v.second !== id) continue;
          won += v.winner === id ? 1 : v.winner === null ? 0.5 : 0;
          weight += 1 / (p.get(v.first) + p.get(v.second));
        }
        return [id, won / weight];
      }),
    );
    p = next;
  }
  const logs = new Map([...p].map(([id, value]) => [id, Math.log(value)]));
  const middle = [...logs.values()].reduce((sum, each) => sum + each, 0) / ids.length;
  return new Map([...logs].map(([id, value]) => [id, value - middle]));
}

function eloOf(ids, votes) {
  const elo = new Map(ids.map((id) => [id, 1000]));
  for (const { first, second, winner } of votes) {
    const outcome = winner === first ? 1 : winner === null ? 0.5 : 0;
    const change = 32 * (outcome - 1 / (1 + 10 ** ((elo.get(second) - elo.get(first)) / 400)));
    elo.set(first, elo.get(first) + change);
    elo.set(second, elo.get(second) - change);
  }
  return elo;
}
