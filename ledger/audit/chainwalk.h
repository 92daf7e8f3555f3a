// SPDX-License-Identifier: GPL-3.0-or-later
//! Walks the active rows in their proved order, from 0 to the balance row.
#pragma once
#include "ledger/audit/finding.h"
#include "ledger/core/chain.h"

#include <QtCore/QMultiMap>

#include <vector>

namespace tallystick {

/// Finds FORK, GAP, ARITHMETIC, CEILING LOSS, TAIL, SUM MISMATCH, UNSEQUENCED, NEGATIVE and what
/// is OUT OF RANGE at a row. After a break it goes on from what the broken row left, so that one
/// crime is one finding.
class ChainWalk final
{
public:
    explicit ChainWalk(const Chain& chain);
    [[nodiscard]] QList<Finding> findings();
    /// Active rows by sequence; those without one are not in it.
    [[nodiscard]] const std::vector<const ChainRow*>& ordered() const { return m_rows; }
    [[nodiscard]] bool isProved() const { return m_loose.isEmpty(); }

private:
    void step(std::size_t index);
    void classify(std::size_t index, qint64 start);
    void checkSoundRow(const ChainRow& row);
    void bridge(qint64 target);
    [[nodiscard]] bool bridgeGap(qint64 target, qint64 missing);
    void finish();
    void finishLoose(qint64 stored);
    [[nodiscard]] const ChainRow* forkedFrom(std::size_t index, qint64 start) const;
    [[nodiscard]] std::optional<qint64> nextStart(std::size_t index) const;
    Finding& report(FindingKind kind, qint64 credits, const QList<TransactionKey>& rows);

    const Chain& m_chain;
    std::vector<const ChainRow*> m_rows;
    QMultiMap<qint64, const ChainRow*> m_loose; ///< rows without a sequence, by where they start
    QList<TransactionKey> m_looseKeys;
    qint64 m_looseMoney = 0; ///< absolute amounts
    qint64 m_sum = 0;        ///< of all active amounts
    qint64 m_balance = 0;    ///< where the walk stands
    qint64 m_sequence = 0;   ///< of the last row walked
    QList<Finding> m_findings;
};

} // namespace tallystick
