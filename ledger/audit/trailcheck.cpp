// SPDX-License-Identifier: GPL-3.0-or-later
//! Takes the better of two explanations.
#include "ledger/audit/trailcheck.h"

#include "ledger/audit/clockcheck.h"
#include "ledger/audit/trailbreaks.h"
#include "ledger/audit/trailwalk.h"

#include <QtCore/QMultiMap>

#include <algorithm>
#include <limits>

namespace tallystick {

namespace {

constexpr qsizetype mostNamed = 20;

/// What the proofs start from.
struct Material
{
    const Chain& chain;
    ChainRows rows;     ///< with running balances
    ChainRows older;    ///< from before there were any
    ChainRows unplaced; ///< without one among those that have one
    qint64 opening = 0; ///< the sum of the older ones
};

Material materialOf(const Chain& chain, const ChainRows& active)
{
    Material material{.chain = chain, .rows = {}, .older = {}, .unplaced = {}};
    qint64 first = std::numeric_limits<qint64>::max();
    for (const ChainRow* const row : active)
        if (row->runningBalance)
            first = std::min(first, row->createdAt.micros);
    for (const ChainRow* const row : active) {
        if (row->runningBalance) {
            material.rows.push_back(row);
        } else if (row->createdAt.micros < first) {
            material.older.push_back(row);
            material.opening += row->amount.value();
        } else {
            material.unplaced.push_back(row);
        }
    }
    return material;
}

QList<TransactionKey> keysOf(const ChainRows& rows)
{
    QList<TransactionKey> keys;
    for (const ChainRow* const row : rows)
        if (keys.size() < mostNamed)
            keys.append(row->key);
    return keys;
}

/// The credits that rows moved up or down, whichever is more.
Credits weightOf(const ChainRows& rows)
{
    qint64 up = 0;
    qint64 down = 0;
    for (const ChainRow* const row : rows)
        (row->amount.isNegative() ? down : up) += std::abs(row->amount.value());
    return Credits::of(std::max(up, down));
}

/// Rows of one commit in the order they start from each other; the earliest first where that does
/// not say.
void arrange(ChainRows::iterator begin, ChainRows::iterator end, qint64 balance)
{
    QMultiMap<qint64, const ChainRow*> byStart;
    for (auto row = end; row != begin;) {
        --row; // from the last on, so that find() answers the earliest
        byStart.insert(startOf(**row), *row);
    }
    for (auto place = begin; place != end; ++place) {
        auto next = byStart.find(balance);
        if (next == byStart.end())
            next = byStart.begin();
        *place = next.value();
        balance = next.value()->runningBalance->value();
        byStart.erase(next);
    }
}

ChainRows byCommit(ChainRows rows, qint64 opening)
{
    std::stable_sort(rows.begin(), rows.end(), [](const ChainRow* a, const ChainRow* b) {
        return std::pair(*a->committedAt, a->createdAt) < std::pair(*b->committedAt, b->createdAt);
    });
    for (auto first = rows.begin(); first != rows.end();) {
        const auto last = std::find_if(first, rows.end(), [first](const ChainRow* row) {
            return row->committedAt != (*first)->committedAt;
        });
        if (last - first > 1)
            arrange(first, last,
                    first == rows.begin() ? opening : (*(first - 1))->runningBalance->value());
        first = last;
    }
    return rows;
}

Explanation along(const Material& material, Proof proof, const ForeignClamps& clamps,
                  ChainRows rows)
{
    const Course course{
        .proof = proof, .rows = std::move(rows), .opening = material.opening, .clamps = &clamps};
    ChainWalk walk(material.chain, course);
    Explanation explanation{
        .proof = proof, .ordered = material.older, .orphans = {}, .findings = {}};
    explanation.findings = walk.findings();
    explanation.ordered.insert(explanation.ordered.end(), course.rows.begin(), course.rows.end());
    explanation.cutAway = walk.cutAway();
    return explanation;
}

Explanation byTrail(const Material& material, const ForeignClamps& clamps)
{
    const auto& balance = material.chain.storedBalance;
    TrailGraph graph(material.rows, clamps, material.opening,
                     balance ? std::optional(balance->value()) : std::nullopt);
    const std::vector<ChainRows> groups = mend(graph);
    Explanation explanation = along(material, Proof::Trail, clamps, walked(graph));
    for (const ChainRows& rows : groups) {
        explanation.findings.append(Finding{.kind = FindingKind::Orphan,
                                            .user = material.chain.user,
                                            .rows = keysOf(rows),
                                            .credits = weightOf(rows),
                                            .count = qint64(rows.size())});
        explanation.orphans.insert(explanation.orphans.end(), rows.begin(), rows.end());
    }
    return explanation;
}

/// Some rows do not say what they left: nothing but the sum can be held against the balance row.
Explanation bySum(const Material& material, const ChainRows& active)
{
    Explanation explanation{.proof = Proof::None, .ordered = active, .orphans = {}, .findings = {}};
    const Finding unplaced{.kind = FindingKind::Unsequenced,
                           .user = material.chain.user,
                           .rows = keysOf(material.unplaced),
                           .credits = weightOf(material.unplaced),
                           .count = qint64(material.unplaced.size())};
    explanation.findings.append(unplaced);
    qint64 sum = 0;
    for (const ChainRow* const row : active)
        sum += row->amount.value();
    const Credits stored = material.chain.storedBalance.value_or(Credits::of(sum));
    Finding wrong = unplaced;
    wrong.expected = Credits::of(sum);
    wrong.credits = Credits::of(std::abs(sum - stored.value()));
    wrong.kind = FindingKind::SumMismatch;
    wrong.found = stored;
    if (stored.value() != sum)
        explanation.findings.append(wrong);
    wrong.kind = FindingKind::NoBalanceRow;
    wrong.credits = Credits::of(std::abs(sum));
    wrong.found.reset();
    if (!material.chain.storedBalance)
        explanation.findings.append(wrong);
    return explanation;
}

/// Whether each row was committed when it can have been written: a row that was rewritten, moved or
/// activated later has the time of that.
bool areCommitsFirstHand(const ChainRows& rows)
{
    return std::all_of(rows.begin(), rows.end(), [](const ChainRow* row) {
        return std::abs(row->committedAt->micros - row->createdAt.micros) <= longestLockWaitMicros;
    });
}

qsizetype breaksIn(const Explanation& explanation)
{
    return std::count_if(explanation.findings.begin(), explanation.findings.end(),
                         [](const Finding& finding) { return breaksOrder(finding.kind); });
}

} // namespace

Explanation explained(const Chain& chain, const ChainRows& active, const QList<Credits>& ceilings)
{
    const Material material = materialOf(chain, active);
    if (!material.unplaced.empty())
        return bySum(material, active);
    const ForeignClamps clamps(material.rows, material.opening, ceilings);
    std::optional<Explanation> committed;
    if (std::all_of(material.rows.begin(), material.rows.end(),
                    [](const ChainRow* row) { return row->committedAt.has_value(); }))
        committed =
            along(material, Proof::CommitTime, clamps, byCommit(material.rows, material.opening));
    if (committed && breaksIn(*committed) == 0)
        return *std::move(committed);
    Explanation trail = byTrail(material, clamps);
    const qsizetype breaks = breaksIn(trail);
    // A history that lost many updates looks like few broken ones laid side by side: fewer breaks
    // are the better explanation only where the commit times may mean something else.
    const bool isTold = committed && breaks > 0 &&
                        (areCommitsFirstHand(material.rows) || breaksIn(*committed) <= breaks);
    return isTold ? *std::move(committed) : trail;
}

} // namespace tallystick
