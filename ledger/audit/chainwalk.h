// SPDX-License-Identifier: GPL-3.0-or-later
//! Walks the active rows in a given order, from the opening balance to the balance row.
#pragma once
#include "ledger/audit/finding.h"
#include "ledger/audit/rowcheck.h"

namespace tallystick {

/// The active rows in the order they are taken in, and what that order rests on.
struct Course
{
    Proof proof = Proof::Sequence;
    ChainRows rows;     ///< by sequence: they carry numbers, which must be dense from 1 on
    qint64 opening = 0; ///< the balance before the first of them
    const ForeignClamps* clamps = nullptr; ///< null: every clamp would be recorded
};

/// Finds FORK, GAP, ARITHMETIC, CEILING LOSS, TAIL, UNSEQUENCED, NO BALANCE ROW, CLAMPED, NEGATIVE
/// and what is OUT OF RANGE at a row. After a break it goes on from what the broken row left, so
/// that one crime is one finding.
class ChainWalk final
{
public:
    ChainWalk(const Chain& chain, const Course& course);
    [[nodiscard]] QList<Finding> findings();
    /// Credits that clamped rows say were moved and were not; after findings().
    [[nodiscard]] qint64 cutAway() const { return m_cutAway; }

private:
    void step(std::size_t index);
    void classify(std::size_t index, qint64 start);
    void clamp(const ChainRow& row);
    void checkSoundRow(const ChainRow& row);
    void finish();
    [[nodiscard]] bool isNumbered() const { return m_course.proof == Proof::Sequence; }
    [[nodiscard]] const ChainRow* forkedFrom(std::size_t index, qint64 start) const;
    [[nodiscard]] std::optional<qint64> nextStart(std::size_t index) const;
    Finding& report(FindingKind kind, qint64 credits, const QList<TransactionKey>& rows);

    const Chain& m_chain;
    const Course& m_course;
    const ChainRows& m_rows;
    qint64 m_balance = 0;  ///< where the walk stands
    qint64 m_sequence = 0; ///< of the last row walked
    qint64 m_cutAway = 0;
    QList<Finding> m_findings;
};

} // namespace tallystick
