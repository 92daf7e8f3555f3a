// SPDX-License-Identifier: GPL-3.0-or-later
//! One customer's life with the platform, burst by burst.
#pragma once
#include "ledger/lab/demoaccount.h"
#include "ledger/lab/demorandom.h"

namespace tallystick {

struct DemoLifespan
{
    qint64 joinedAt = 0; ///< micros
    qint64 lastAt = 0;   ///< nothing happens after it
    int hoursEastOfUtc = 0;
};

/// Writes exactly the wanted number of rows: rewards at the start, executions with many usage rows
/// in working hours, top-ups when credits run out (some by a card check, abandoned first, or cut
/// at a ceiling), monthly grants or subscriptions, now and then a refund, a staff correction, a
/// reversal. No row breaks a rule of the ledger.
class DemoLife final
{
public:
    DemoLife(DemoAccount& account, const DemoLifespan& span, DemoRandom& random);
    void live(qint64 rows);

private:
    enum class Plan { PayAsYouGo, Free, Subscription };

    void burst();
    void execute();
    void spend(const char* blockId, const char* blockName, const char* input, qint64 cost);
    void topUp(qint64 atLeast);
    void checkCard();
    void abandonTopUp();
    void claimReward();
    void monthly();
    void refund();
    void correct();
    void reverse();

    [[nodiscard]] bool isDone() const { return m_account.written() >= m_wanted; }
    [[nodiscard]] qint64 soon(qint64 leastMillis, qint64 mostMillis);
    void uuid(QByteArray& out);
    void checkoutKey(QByteArray& out);

    DemoAccount& m_account;
    DemoLifespan m_span;
    DemoRandom& m_random;
    Plan m_plan;
    qint64 m_topUpAmount;
    qint64 m_ceiling = 0; ///< of automatic top-ups; 0: none
    qint64 m_wanted = 0;
    qint64 m_even = 0; ///< where the customer stands in evenly flowing time
    qint64 m_now = 0;
    int m_month = 0;
    std::size_t m_rewards = 0; ///< claimed so far
    int m_corrections = 0, m_refunds = 0;
    QByteArray m_graph, m_node, m_execution;
    QByteArray m_payment; ///< the newest payment's key
    qint64 m_refundable = 0;
    QByteArray m_spent; ///< the newest execution's last row
    qint64 m_spentAmount = 0;
};

} // namespace tallystick
