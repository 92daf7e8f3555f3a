// SPDX-License-Identifier: GPL-3.0-or-later
//! What a customer does next.
#include "ledger/lab/demolife.h"

#include "ledger/lab/democalendar.h"

#include <algorithm>
#include <array>

namespace tallystick {

namespace {

constexpr qint64 rowsPerBurst = 6;
constexpr qint64 microsPerMilli = 1000;

struct Block
{
    const char* id;
    const char* name;
    const char* input; ///< JSON without backslashes
    qint64 leastCost, mostCost;
};

constexpr std::array blocks{
    Block{"7d1e4c02-93ab-4f57-8a16-0c2f6e55b301", "TextGenerator",
          R"({"model":"large","maxTokens":2048})", 2, 14},
    Block{"1b90f7aa-5c34-4f0e-9d7b-4b7a0d8e2c11", "ConversationStep",
          R"({"model":"small","maxTokens":512})", 1, 4},
    Block{"c4a8e3d5-27f1-4b66-b0d2-9e51f3a7c420", "WebSearch", R"({"results":10})", 1, 2},
    Block{"e02b6f19-8d4c-4a73-a5e8-3f90b1c6d755", "ImageMaker",
          R"({"size":"1024x1024","quality":"high"})", 8, 25},
    Block{"5f63d9b8-10e7-4c2a-8b94-d7a2e6c0f386", "PageReader", R"({"follow":false})", 1, 3},
    Block{"9ac75e21-6b08-4d9f-b3c1-5d84e0f2a967", "SpeechWriter",
          R"({"voice":"alto","seconds":90})", 5, 18},
    Block{"38d0a4f6-e9b2-4157-9c6d-a1b3f7e8d042", "VideoMaker", R"({"seconds":6})", 40, 120},
    Block{"b61f8c97-42d5-4e3b-87a0-6c9d2e4f1b58", "DocumentTranslator",
          R"({"from":"auto","to":"en"})", 2, 9},
};
/// Some are used far more than others: indices into blocks.
constexpr std::array<std::size_t, 16> usedBlocks{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 4, 4, 3, 5, 7, 6};

struct Reward
{
    const char* step;
    qint64 credits;
};
constexpr std::array rewards{Reward{"WELCOME", 300}, Reward{"FIRST_RUN", 300},
                             Reward{"BUILDER_TOUR", 200}, Reward{"SHARE_AGENT", 500},
                             Reward{"INVITE_FRIEND", 700}};

constexpr std::array<qint64, 6> topUpAmounts{500, 1000, 1000, 2000, 5000, 10000};

constexpr std::array reasons{"Compensation after an outage", "Goodwill after a long wait",
                             "Corrected a wrong charge", "Workshop credits"};

void appendMember(QByteArray& out, const char* name, const QByteArray& value)
{
    out.append(out.isEmpty() ? "{\"" : ",\"")
        .append(name)
        .append("\":\"")
        .append(value)
        .append('"');
}

void appendMember(QByteArray& out, const char* name, const char* value)
{
    out.append(out.isEmpty() ? "{\"" : ",\"")
        .append(name)
        .append("\":\"")
        .append(value)
        .append('"');
}

void appendMember(QByteArray& out, const char* name, qint64 value)
{
    out.append(out.isEmpty() ? "{\"" : ",\"").append(name).append("\":");
    appendNumber(out, value);
}

} // namespace

DemoLife::DemoLife(DemoAccount& account, const DemoLifespan& span, DemoRandom& random)
    : m_account(account)
    , m_span(span)
    , m_random(random)
    , m_plan(random.chance(45)   ? Plan::PayAsYouGo
             : random.chance(60) ? Plan::Free
                                 : Plan::Subscription)
    , m_topUpAmount(topUpAmounts[std::size_t(random.below(topUpAmounts.size()))])
{
    if (random.chance(30))
        m_ceiling = m_topUpAmount + m_topUpAmount / 4;
    uuid(m_graph);
    uuid(m_node);
}

void DemoLife::live(qint64 rows)
{
    m_wanted = m_account.written() + rows;
    m_even = m_span.joinedAt;
    m_month = monthOf(m_even);
    while (!isDone()) {
        const qint64 left = std::max<qint64>(1, (m_wanted - m_account.written()) / rowsPerBurst);
        const qint64 gap = (m_span.lastAt - m_even) / left;
        m_even = std::min(m_span.lastAt, m_even + gap / 100 * m_random.between(10, 190));
        const qint64 working = toWorkingTime(m_even, m_span.hoursEastOfUtc);
        m_now = std::max(std::min(working, m_span.lastAt), m_account.last() + 1);
        burst();
    }
}

void DemoLife::burst()
{
    if (m_rewards == 0)
        return claimReward();
    if (const int month = monthOf(m_now); month != m_month) {
        m_month = month;
        monthly();
        if (isDone())
            return;
    }
    const qint64 draw = m_random.below(100);
    if (draw < 86)
        execute();
    else if (draw < 89)
        topUp(0);
    else if (draw < 92)
        claimReward();
    else if (draw < 94)
        abandonTopUp();
    else if (draw < 96)
        refund();
    else if (draw < 98)
        reverse();
    else if (draw < 99)
        correct();
    else
        checkCard();
}

void DemoLife::execute()
{
    m_execution.resize(0);
    uuid(m_execution);
    if (m_random.chance(4)) {
        m_graph.resize(0); // a new agent
        uuid(m_graph);
    }
    // Most executions are short, a few go through every block many times.
    const qint64 longest = m_random.chance(10) ? 30 : 9;
    for (qint64 steps = m_random.between(1, longest); steps > 0 && !isDone(); --steps) {
        const Block& block = blocks[usedBlocks[std::size_t(m_random.below(usedBlocks.size()))]];
        const qint64 cost = m_random.between(block.leastCost, block.mostCost);
        if (m_account.balance() < cost)
            topUp(cost);
        if (isDone())
            return;
        spend(block.id, block.name, block.input, cost);
    }
}

void DemoLife::spend(const char* blockId, const char* blockName, const char* input, qint64 cost)
{
    DemoRow& row = m_account.blank();
    QByteArray& metadata = row.metadata;
    appendMember(metadata, "graph_exec_id", m_execution);
    appendMember(metadata, "graph_id", m_graph);
    appendMember(metadata, "node_id", m_node);
    metadata.append(",\"node_exec_id\":\"");
    uuid(metadata);
    metadata.append('"');
    appendMember(metadata, "block_id", blockId);
    appendMember(metadata, "block", blockName);
    metadata.append(",\"input\":").append(input);
    appendMember(metadata, "reason", "block execution");
    metadata.append('}');
    uuid(row.key);
    row.type = "USAGE";
    row.amount = -cost;
    m_spent.resize(0);
    m_spent.append(row.key); // copied: a shared key would cost the row its memory
    m_spentAmount = cost;
    m_account.post(soon(80, 6000));
}

/// Pays in until the balance covers \a atLeast; with a ceiling only as far as that goes.
void DemoLife::topUp(qint64 atLeast)
{
    while (!isDone()) {
        const bool isCapped = m_ceiling > atLeast && m_account.balance() < m_ceiling;
        const qint64 room = m_ceiling - m_account.balance();
        const bool isCut = isCapped && room < m_topUpAmount;
        DemoRow& row = m_account.blank();
        checkoutKey(row.key);
        row.type = "TOP_UP";
        row.amount = isCut ? room : m_topUpAmount;
        appendMember(row.metadata, "reason",
                     isCapped      ? "automatic top-up"
                     : atLeast > 0 ? "out of credits"
                                   : "top-up");
        if (isCut) {
            appendMember(row.metadata, "requestedAmount", m_topUpAmount);
            appendMember(row.metadata, "clamp", "ceiling");
        }
        row.metadata.append('}');
        m_payment = row.key;
        m_refundable = row.amount;
        m_account.post(soon(20'000, 180'000));
        if (m_account.balance() >= atLeast)
            return;
    }
}

void DemoLife::checkCard()
{
    DemoRow& row = m_account.blank();
    row.key.append("CARD-");
    uuid(row.key);
    row.type = "CARD_CHECK";
    row.metadata.append(R"({"reason":"card verified"})");
    m_account.post(m_now);
}

void DemoLife::abandonTopUp()
{
    DemoRow& row = m_account.blank();
    checkoutKey(row.key);
    row.type = "TOP_UP";
    row.amount = m_topUpAmount;
    row.metadata.append(R"({"reason":"checkout started"})");
    m_account.pend(m_now);
}

void DemoLife::claimReward()
{
    if (m_rewards >= rewards.size())
        return;
    const Reward& reward = rewards[m_rewards++];
    DemoRow& row = m_account.blank();
    row.key.append("REWARD-").append(m_account.user()).append('-').append(reward.step);
    row.type = "GRANT";
    row.amount = reward.credits;
    appendMember(row.metadata, "reason", "onboarding step");
    appendMember(row.metadata, "step", reward.step);
    row.metadata.append('}');
    m_account.post(m_now);
}

void DemoLife::monthly()
{
    if (m_plan == Plan::PayAsYouGo || isDone())
        return;
    const bool isPaid = m_plan == Plan::Subscription;
    DemoRow& row = m_account.blank();
    row.key.append(isPaid ? "SUBSCRIPTION-" : "MONTHLY-").append(monthName(m_month).text);
    row.type = isPaid ? "SUBSCRIPTION" : "GRANT";
    row.amount = isPaid ? 2000 : 200;
    appendMember(row.metadata, "reason", isPaid ? "monthly plan" : "monthly free credits");
    row.metadata.append('}');
    m_account.post(m_now);
}

void DemoLife::refund()
{
    if (m_refundable < 100 || isDone())
        return;
    const qint64 amount =
        m_random.chance(50) ? m_refundable : m_random.between(1, m_refundable / 100) * 100;
    m_refundable -= amount;
    DemoRow& row = m_account.blank();
    row.key.append("REFUND-").append(m_payment).append('-');
    appendNumber(row.key, ++m_refunds);
    row.type = "REFUND";
    row.amount = -amount;
    appendMember(row.metadata, "refundOf", m_payment);
    appendMember(row.metadata, "reason", "requested by the customer");
    row.metadata.append('}');
    m_account.post(m_now);
}

void DemoLife::correct()
{
    DemoRow& row = m_account.blank();
    row.key.append("CORRECTION-");
    appendNumber(row.key, ++m_corrections);
    row.type = "GRANT";
    row.amount = m_random.between(1, 20) * 50;
    appendMember(row.metadata, "admin_id", "staff-07");
    appendMember(row.metadata, "reason", reasons[std::size_t(m_random.below(reasons.size()))]);
    row.metadata.append(",\"ticket\":\"SUP-");
    appendNumber(row.metadata, m_random.between(1000, 99999));
    row.metadata.append("\",\"tool\":\"tallystick\"}");
    m_account.post(m_now);
}

void DemoLife::reverse()
{
    if (m_spent.isEmpty() || isDone())
        return;
    DemoRow& row = m_account.blank();
    row.key.append("REVERSAL-").append(m_spent);
    row.type = "USAGE";
    row.amount = m_spentAmount;
    appendMember(row.metadata, "reverses", m_spent);
    appendMember(row.metadata, "admin_id", "staff-03");
    appendMember(row.metadata, "reason", "block failed");
    row.metadata.append('}');
    m_spent.resize(0);
    m_account.post(m_now);
}

qint64 DemoLife::soon(qint64 leastMillis, qint64 mostMillis)
{
    m_now = std::min(m_now + m_random.between(leastMillis, mostMillis) * microsPerMilli +
                         m_random.below(microsPerMilli),
                     m_span.lastAt);
    return m_now;
}

void DemoLife::uuid(QByteArray& out)
{
    const quint64 high = m_random.next();
    appendUuid(out, high, m_random.next());
}

/// As a payment service names a checkout.
void DemoLife::checkoutKey(QByteArray& out)
{
    constexpr char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    out.append("cs_live_");
    quint64 bits = m_random.next();
    for (int i = 0; i < 20; ++i) {
        if (i == 10)
            bits = m_random.next();
        out.append(letters[bits & 31U]);
        bits >>= 6;
    }
}

} // namespace tallystick
