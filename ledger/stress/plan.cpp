// SPDX-License-Identifier: GPL-3.0-or-later
//! Draws users, amounts and keys from the seed.
#include "ledger/stress/plan.h"

#include <QtCore/QCryptographicHash>

#include <algorithm>
#include <cmath>

namespace tallystick {

namespace {

const QString openingName = QStringLiteral("opening");
constexpr qint64 hashedPerSession = 1'000;
constexpr qint64 mostHashed = 1'000'000;

template <class Id>
Id idOf(const QString& text)
{
    const auto id = Id::from(text);
    Q_ASSERT(id); // made of checked parts, all far below the limits
    return id.value_or(Id());
}

/// Cumulative weights of ranks 1, 2, 3 …, each rank^-theta. Rounded to whole numbers, so that the
/// last digits of a platform's pow() do not change what is drawn.
std::vector<quint64> zipfWeights(int count, double theta)
{
    constexpr double scale = 4'294'967'296.0;
    std::vector<quint64> weights;
    weights.reserve(std::size_t(count));
    quint64 total = 0;
    for (int rank = 1; rank <= count; ++rank) {
        total += std::max<quint64>(1, quint64(scale * std::pow(double(rank), -theta)));
        weights.push_back(total);
    }
    return weights;
}

} // namespace

Plan::Plan(const Scenario& scenario, const QString& runId)
    : m_scenario(scenario)
    , m_runId(runId)
    , m_sessions(sessionsOf(scenario))
{
    const ScenarioUsers& users = scenario.users;
    // As many digits in each: so their order is also that of their names, in any collation.
    const int digits = int(QString::number(users.count).size());
    for (int number = 1; number <= users.count; ++number)
        m_users.append(idOf<UserId>(
            QStringLiteral("stress-%1-%2").arg(runId).arg(number, digits, 10, QLatin1Char('0'))));
    if (users.choice == ScenarioUsers::Choice::Zipf)
        m_userWeights = zipfWeights(users.count, users.zipfTheta);
    for (const MixEntry& entry : scenario.mix)
        m_entryWeights += quint64(entry.weight);
    const bool counts = std::any_of(scenario.mix.begin(), scenario.mix.end(),
                                    [](const MixEntry& entry) { return entry.count > 0; });
    if (counts && scenario.operations)
        layOut();
    else
        m_beforeOthers = scenario.operations.value_or(0);
}

std::optional<qint64> Plan::operations() const
{
    return m_scenario.operations;
}

/// Counted operations in random order among the weighted ones; those that wait for the others
/// come last.
void Plan::layOut()
{
    Random random(m_scenario.seed);
    std::vector<quint8> afterOthers;
    for (int index = 0; index < m_scenario.mix.size(); ++index) {
        const MixEntry& entry = m_scenario.mix.at(index);
        std::vector<quint8>& into = entry.afterOthers ? afterOthers : m_entries;
        into.insert(into.end(), std::size_t(entry.count), quint8(index));
    }
    while (qint64(m_entries.size() + afterOthers.size()) < *m_scenario.operations)
        m_entries.push_back(quint8(drawnEntry(random)));
    for (std::size_t left = m_entries.size(); left > 1; --left)
        std::swap(m_entries[left - 1], m_entries[random.below(left)]);
    m_beforeOthers = qint64(m_entries.size());
    m_entries.insert(m_entries.end(), afterOthers.begin(), afterOthers.end());
}

int Plan::drawnEntry(Random& random) const
{
    quint64 place = random.below(m_entryWeights);
    for (int index = 0; index < m_scenario.mix.size(); ++index) {
        const quint64 weight = quint64(m_scenario.mix.at(index).weight);
        if (place < weight)
            return index;
        place -= weight;
    }
    Q_UNREACHABLE();
}

int Plan::drawnUser(Random& random) const
{
    const ScenarioUsers& users = m_scenario.users;
    const quint64 count = quint64(users.count);
    switch (users.choice) {
    case ScenarioUsers::Choice::Single:
        return 0;
    case ScenarioUsers::Choice::Uniform:
        break;
    case ScenarioUsers::Choice::Zipf: {
        const quint64 place = random.below(m_userWeights.back());
        return int(std::upper_bound(m_userWeights.begin(), m_userWeights.end(), place) -
                   m_userWeights.begin());
    }
    case ScenarioUsers::Choice::HotSet: {
        const quint64 hot = quint64(users.hotUsers);
        const bool isHot = random.below(100) < quint64(users.hotPercent) || hot == count;
        return int(isHot ? random.below(hot) : hot + random.below(count - hot));
    }
    }
    return int(random.below(count));
}

std::optional<PlannedOperation> Plan::operation(qint64 ordinal, int worker) const
{
    if (operations() && ordinal >= *operations())
        return std::nullopt;
    // Numbers of its own for each operation: who sends it, and after what, changes nothing.
    Random random(m_scenario.seed, quint64(ordinal) + 1);
    const int entry = m_entries.empty() ? drawnEntry(random) : m_entries[std::size_t(ordinal)];
    const MixEntry& mix = m_scenario.mix.at(entry);
    PlannedOperation operation{
        .ordinal = ordinal, .worker = qint16(worker), .entry = qint16(entry)};
    operation.user = drawnUser(random);
    operation.amount = Credits::of(random.between(mix.minAmount.value(), mix.maxAmount.value()));
    return operation;
}

TransactionKey Plan::preparedKey(const QString& name) const
{
    return name.isEmpty() ? TransactionKey()
                          : idOf<TransactionKey>(QStringLiteral("before-") + name);
}

QList<BenchUser> Plan::benchUsers() const
{
    const ScenarioUsers& users = m_scenario.users;
    QList<BenchUser> made;
    made.reserve(m_users.size());
    for (const UserId& id : m_users) {
        BenchUser user{.id = id,
                       .openingBalance = users.openingBalance,
                       .balanceRow = users.balanceRow,
                       .history = users.history,
                       .openingType = users.openingBalance.isNegative() ? TransactionType::Grant
                                                                        : TransactionType::TopUp,
                       .openingKey = preparedKey(openingName),
                       // Own statements write rows without one: so all rows are of one kind.
                       .sequenced = m_scenario.target.way != Way::Statements};
        user.prepared = preparedFor(id);
        made.append(user);
    }
    return made;
}

QList<Posting> Plan::preparedFor(const UserId& user) const
{
    QList<Posting> postings;
    for (const PreparedRow& row : m_scenario.users.prepared) {
        const TransactionKey key = preparedKey(row.name);
        Posting posting = row.operation == OperationKind::Spend   ? spend(user, row.amount, key)
                          : row.operation == OperationKind::Grant ? grant(user, row.amount, key)
                                                                  : topUp(user, row.amount, key);
        posting.active = row.active;
        postings.append(posting);
    }
    return postings;
}

QList<TransactionKey> Plan::openingKeys() const
{
    QList<TransactionKey> keys;
    if (m_scenario.users.history && !m_scenario.users.openingBalance.isZero())
        keys.append(preparedKey(openingName));
    for (const PreparedRow& row : m_scenario.users.prepared)
        if (row.active)
            keys.append(preparedKey(row.name));
    return keys;
}

Command Plan::commandFor(const PlannedOperation& operation) const
{
    const MixEntry& entry = entryOf(operation);
    const UserId& user = userOf(operation);
    const TransactionKey key = rowKeyOf(operation);
    switch (entry.operation) {
    case OperationKind::Spend: {
        Posting posting = spend(user, operation.amount, key);
        posting.mayOverdraw = entry.mayOverdraw;
        return posting;
    }
    case OperationKind::TopUp:
        return topUp(user, operation.amount, key, entry.ceiling);
    case OperationKind::Grant:
        return adjustment(user, operation.amount, entry.mayOverdraw, key);
    case OperationKind::Reward:
        return reward(user, operation.amount, entry.step);
    case OperationKind::Refund: {
        Posting posting = refund(user, preparedKey(entry.of), operation.amount, key);
        if (entry.of.isEmpty())
            posting.refundOf.reset(); // of no one payment
        return posting;
    }
    case OperationKind::Reverse:
        return Reversal{.user = user, .key = preparedKey(entry.of)};
    case OperationKind::Activate:
        return Activation{.user = user, .key = preparedKey(entry.of)};
    case OperationKind::Read:
        return user;
    }
    Q_UNREACHABLE();
}

TransactionKey Plan::rowKeyOf(const PlannedOperation& operation) const
{
    const MixEntry& entry = entryOf(operation);
    switch (entry.operation) {
    case OperationKind::Reward:
        return rewardKey(userOf(operation), entry.step);
    case OperationKind::Reverse:
        return reversalKey(preparedKey(entry.of));
    case OperationKind::Activate:
        return preparedKey(entry.of);
    case OperationKind::Read:
        return {};
    case OperationKind::Spend:
    case OperationKind::TopUp:
    case OperationKind::Grant:
    case OperationKind::Refund:
        break;
    }
    return idOf<TransactionKey>(entry.key.isEmpty()
                                    ? QStringLiteral("%1-%2").arg(m_runId).arg(operation.ordinal)
                                    : entry.key);
}

bool Plan::hasOwnKey(const PlannedOperation& operation) const
{
    switch (entryOf(operation).operation) {
    case OperationKind::Spend:
    case OperationKind::TopUp:
    case OperationKind::Grant:
    case OperationKind::Refund:
        return entryOf(operation).key.isEmpty();
    case OperationKind::Reward:
    case OperationKind::Reverse:
    case OperationKind::Activate:
    case OperationKind::Read:
        break;
    }
    return false;
}

std::optional<qint64> Plan::ordinalOf(const TransactionKey& key) const
{
    const QStringView text(key.text());
    if (text.size() <= m_runId.size() + 1 || !text.startsWith(m_runId) ||
        text.at(m_runId.size()) != QLatin1Char('-'))
        return std::nullopt;
    bool isNumber = false;
    const qint64 ordinal = text.mid(m_runId.size() + 1).toLongLong(&isNumber);
    return isNumber ? std::optional(ordinal) : std::nullopt;
}

QString Plan::hash() const
{
    QCryptographicHash sha(QCryptographicHash::Sha256);
    const qint64 most = std::min(mostHashed, operations().value_or(m_sessions * hashedPerSession));
    for (qint64 ordinal = 0; ordinal < most; ++ordinal) {
        const PlannedOperation planned = operation(ordinal, 0).value_or(PlannedOperation());
        sha.addData(QByteArray::number(ordinal) + ' ' +
                    nameOf(entryOf(planned).operation).toUtf8() + ' ' +
                    QByteArray::number(planned.entry) + ' ' + QByteArray::number(planned.user) +
                    ' ' + QByteArray::number(planned.amount.value()) + '\n');
    }
    return QString::fromLatin1(sha.result().toHex());
}

Plan::Stream::Stream(const Plan& plan, int worker)
    : m_plan(plan)
    , m_worker(worker)
{
}

std::optional<PlannedOperation> Plan::Stream::next()
{
    const qint64 ordinal = m_worker + m_done * m_plan.m_sessions;
    ++m_done;
    return m_plan.operation(ordinal, m_worker);
}

} // namespace tallystick
