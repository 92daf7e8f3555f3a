// SPDX-License-Identifier: GPL-3.0-or-later
//! Holds answers against the time they were given in: R8, R9 and R10.
#include "ledger/stress/evidence.h"

#include <algorithm>
#include <limits>

namespace tallystick {

namespace {

constexpr qint64 never = std::numeric_limits<qint64>::max();

/// When an operation was certainly over. One that was in doubt may have counted at any time until
/// the fence.
qint64 certainEnd(const OperationRecord& record)
{
    return record.wasDoubted ? never : record.endMicros;
}

std::optional<qint64> sequenceOf(const UserEvidence& user, const OperationRecord& record)
{
    if (!didApply(record))
        return std::nullopt;
    const ChainRow* const row = user.rowOf(record);
    return row ? user.placeOf(*row) : std::nullopt;
}

/// The balances a user had, one after the other, and which of them can have been seen when.
class States final
{
public:
    States(const Evidence& evidence, const UserEvidence& user)
    {
        Credits balance;
        qint64 sequence = 0;
        for (const ChainRow& row : user.chain().rows) {
            if (!row.active || !evidence.isOpeningKey(row.key))
                continue;
            balance = row.runningBalance.value_or(balance);
            sequence = std::max(sequence, user.placeOf(row).value_or(0));
        }
        m_first = sequence;
        m_balances.push_back(balance);
        for (const ChainRow& row : user.chain().rows)
            if (user.placeOf(row).value_or(0) > m_first)
                m_balances.push_back(row.runningBalance.value_or(Credits()));
        for (const OperationRecord& record : user.records())
            if (const auto own = sequenceOf(user, record)) {
                m_ends.push_back({certainEnd(record), *own});
                m_starts.push_back({record.sentMicros, *own});
            }
        std::sort(m_ends.begin(), m_ends.end());
        std::sort(m_starts.begin(), m_starts.end());
        qint64 highest = m_first;
        for (auto& [micros, sequenceThen] : m_ends)
            sequenceThen = highest = std::max(highest, sequenceThen);
        qint64 lowest = never;
        for (auto start = m_starts.rbegin(); start != m_starts.rend(); ++start)
            start->second = lowest = std::min(lowest, start->second);
    }

    struct Window
    {
        qint64 first; ///< sequence of the earliest state that can have been seen
        qint64 last;
    };
    /// Not before what had ended when it was sent, not after what was sent when it had ended.
    [[nodiscard]] Window window(const OperationRecord& record) const
    {
        Window window{m_first, m_first + qint64(m_balances.size()) - 1};
        const auto ended =
            std::lower_bound(m_ends.begin(), m_ends.end(), std::pair(record.sentMicros, qint64(0)));
        if (ended != m_ends.begin())
            window.first = std::prev(ended)->second;
        const auto sent =
            std::upper_bound(m_starts.begin(), m_starts.end(), std::pair(record.endMicros, never));
        if (sent != m_starts.end())
            window.last = std::min(window.last, sent->second - 1);
        return window;
    }
    [[nodiscard]] Credits balanceAt(qint64 sequence) const
    {
        return m_balances[std::size_t(sequence - m_first)];
    }

private:
    qint64 m_first = 0; ///< the state the run began with
    std::vector<Credits> m_balances;
    std::vector<std::pair<qint64, qint64>> m_ends;   ///< time, highest sequence ended until then
    std::vector<std::pair<qint64, qint64>> m_starts; ///< time, lowest sequence sent from then on
};

/// Whether the refusal is right on this balance; nothing where it does not speak of a balance.
std::optional<bool> isJustified(const Evidence& evidence, const OperationRecord& record,
                                Credits balance)
{
    switch (*record.refusal) {
    case Refusal::CreditsInsufficient: {
        const Command command = evidence.commandOf(record);
        const auto* const posting = std::get_if<Posting>(&command);
        const auto after = posting ? balance.plus(posting->amount) : std::nullopt;
        return !after || after->isNegative();
    }
    case Refusal::CeilingReached:
        return evidence.entryOf(record).ceiling && balance >= *evidence.entryOf(record).ceiling;
    case Refusal::UserUnknown:
    case Refusal::KeyReused:
    case Refusal::AlreadyClaimed:
    case Refusal::AlreadyActive:
    case Refusal::AlreadyReversed:
    case Refusal::RefundExceedsPayment:
    case Refusal::TransactionUnknown:
    case Refusal::NotReversible:
    case Refusal::AmountInvalid:
    case Refusal::IdInvalid:
    case Refusal::MetadataInvalid:
    case Refusal::UserExists:
    case Refusal::NotARefundablePayment:
    case Refusal::RefusedByStatement: // it does not say why
        break;
    }
    return std::nullopt;
}

bool speaksOfBalance(const OperationRecord& record)
{
    return record.outcome == OperationOutcome::Refused && record.refusal &&
           (record.refusal == Refusal::CreditsInsufficient ||
            record.refusal == Refusal::CeilingReached);
}

/// The row a command is about, where it is about one that stood before the run.
std::optional<TransactionKey> subjectOf(const Command& command)
{
    if (const auto* const posting = std::get_if<Posting>(&command))
        return posting->refundOf;
    if (const auto* const reversal = std::get_if<Reversal>(&command))
        return reversal->key;
    if (const auto* const activation = std::get_if<Activation>(&command))
        return activation->key;
    return std::nullopt;
}

/// Whether the rows at the end allow what a refusal says of them; nothing where it says nothing of
/// rows. No operation takes a row away, so what was there then is there now.
std::optional<bool> agreesWithRows(const Evidence& evidence, const UserEvidence& user,
                                   const OperationRecord& record)
{
    const ChainRow* const own = user.rowOf(record);
    const auto subject = subjectOf(evidence.commandOf(record));
    const ChainRow* const about = subject ? user.row(*subject) : nullptr;
    switch (*record.refusal) {
    case Refusal::UserUnknown:
        return false; // every user of a run was made before it
    case Refusal::AlreadyClaimed:
    case Refusal::AlreadyReversed:
    case Refusal::KeyReused:
        return own != nullptr;
    case Refusal::AlreadyActive:
        return own && own->active;
    case Refusal::TransactionUnknown:
        return !(subject && evidence.isPreparedKey(*subject));
    case Refusal::NotARefundablePayment:
        return !(about && evidence.isOpeningKey(about->key) && about->active &&
                 about->type == TransactionType::TopUp && about->amount > Credits());
    case Refusal::CreditsInsufficient:
    case Refusal::CeilingReached:
    case Refusal::RefundExceedsPayment:
    case Refusal::NotReversible:
    case Refusal::AmountInvalid:
    case Refusal::IdInvalid:
    case Refusal::MetadataInvalid:
    case Refusal::UserExists:
    case Refusal::RefusedByStatement:
        break;
    }
    return std::nullopt;
}

/// Refusals that speak of rows need no order, only the rows.
void checkRowRefusals(Finder& finder, const Evidence& evidence, const UserEvidence& user)
{
    for (const OperationRecord& record : user.records()) {
        if (record.outcome != OperationOutcome::Refused || !record.refusal)
            continue;
        const auto agrees = agreesWithRows(evidence, user, record);
        if (!agrees)
            continue;
        finder.check();
        if (*agrees)
            continue;
        const Example example = evidence.exampleOf(record, "contradicted");
        user.isInDoubt() ? finder.doubt(example) : finder.violate(example);
    }
}

/// Where another order may explain the rows as well, what contradicts this one is a doubt.
void accuse(Finder& finder, const UserEvidence& user, const Example& example)
{
    user.isOrderCertain() ? finder.violate(example) : finder.doubt(example);
}

/// States take time and memory: only users whose operations need them get them.
template <class Concerns>
bool hasAny(const UserEvidence& user, Concerns concerns)
{
    const auto records = user.records();
    return std::any_of(records.begin(), records.end(), concerns);
}

/// Users whose order is known and settled; the others' operations are doubts where \a concerns.
template <class Concerns>
bool isDecidable(Finder& finder, const Evidence& evidence, const UserEvidence& user,
                 Concerns concerns)
{
    if (user.hasSoundOrder() && !user.isInDoubt())
        return true;
    for (const OperationRecord& record : user.records())
        if (concerns(record)) {
            finder.doubt(evidence.exampleOf(record, "orderUnknown"));
            break;
        }
    return false;
}

} // namespace

void checkRealTimeOrder(Finder& finder, const Evidence& evidence, const UserEvidence& user)
{
    if (!isDecidable(finder, evidence, user, [](const auto& record) { return didApply(record); }))
        return;
    std::vector<std::pair<qint64, const OperationRecord*>> ordered;
    for (const OperationRecord& record : user.records())
        if (const auto sequence = sequenceOf(user, record))
            ordered.push_back({*sequence, &record});
    std::sort(ordered.begin(), ordered.end());
    qint64 earliestEnd = never; // of the operations that come later in the chain
    for (auto place = ordered.rbegin(); place != ordered.rend(); ++place) {
        finder.check();
        if (earliestEnd < place->second->sentMicros)
            accuse(finder, user, evidence.exampleOf(*place->second, "order"));
        earliestEnd = std::min(earliestEnd, certainEnd(*place->second));
    }
}

void checkRefusals(Finder& finder, const Evidence& evidence, const UserEvidence& user)
{
    checkRowRefusals(finder, evidence, user);
    if (!hasAny(user, speaksOfBalance) || !isDecidable(finder, evidence, user, speaksOfBalance))
        return;
    const States states(evidence, user);
    for (const OperationRecord& record : user.records()) {
        if (!speaksOfBalance(record))
            continue;
        finder.check();
        const States::Window window = states.window(record);
        bool isPossible = false;
        for (qint64 at = window.first; at <= window.last && !isPossible; ++at) {
            const Credits balance = states.balanceAt(at);
            isPossible =
                balance == record.balance && isJustified(evidence, record, balance).value_or(true);
        }
        if (!isPossible) {
            Example example = evidence.exampleOf(record, "unjustified");
            example.expected = states.balanceAt(window.first);
            example.found = record.balance;
            accuse(finder, user, example);
        }
    }
}

void checkReads(Finder& finder, const Evidence& evidence, const UserEvidence& user)
{
    const auto isRead = [](const OperationRecord& record) {
        return record.outcome == OperationOutcome::Ok && record.hasRead &&
               record.kind == OperationKind::Read;
    };
    if (!hasAny(user, isRead) || !isDecidable(finder, evidence, user, isRead))
        return;
    const States states(evidence, user);
    QHash<int, qint64> seen; // by worker: no session sees time run backwards
    for (const OperationRecord& record : user.records()) {
        if (!isRead(record))
            continue;
        finder.check();
        const States::Window window = states.window(record);
        const int worker = record.planned.worker;
        qint64 at = std::max(window.first, seen.value(worker, window.first));
        while (at <= window.last && states.balanceAt(at) != record.balance)
            ++at;
        if (at <= window.last) {
            seen.insert(worker, at);
            continue;
        }
        Example example = evidence.exampleOf(record, "neverHad");
        example.expected = states.balanceAt(window.first);
        example.found = record.balance;
        accuse(finder, user, example);
    }
}

} // namespace tallystick
