// SPDX-License-Identifier: GPL-3.0-or-later
//! Shares the planned transactions out among the planned customers and lets each live.
#include "ledger/lab/demodata.h"

#include "ledger/lab/demoaccount.h"
#include "ledger/lab/democalendar.h"
#include "ledger/lab/democrimes.h"
#include "ledger/lab/demolife.h"
#include "ledger/lab/demonames.h"

#include <algorithm>
#include <numeric>

namespace tallystick {

namespace {

constexpr qint64 historyDays = 548; ///< 18 months

/// How many transactions each customer has: Zipf's law with a rank shuffled over the numbers of
/// the customers, in whole numbers, adding up to the plan exactly.
class Shares final
{
public:
    Shares(qint64 customers, qint64 transactions)
        : m_customers(customers)
        , m_transactions(quint64(transactions))
        , m_stride(std::max<qint64>(1, customers * 6 / 10))
    {
        while (std::gcd(m_stride, customers) != 1)
            ++m_stride;
        for (qint64 rank = 0; rank < customers; ++rank)
            m_total += weight(rank);
    }

    /// Of the next customer.
    [[nodiscard]] qint64 next()
    {
        m_sum += weight(m_number * m_stride % m_customers);
        ++m_number;
        // Below 2^63 up to the most that may be planned.
        const quint64 upTo = m_sum * m_transactions / m_total;
        return qint64(upTo - std::exchange(m_given, upTo));
    }

private:
    static quint64 weight(qint64 rank) { return (1ULL << 28) / (quint64(rank) + 3); }

    qint64 m_customers;
    quint64 m_transactions;
    qint64 m_stride;
    qint64 m_number = 0;
    quint64 m_total = 0, m_sum = 0, m_given = 0;
};

/// When the customer joined and was last seen. Who does much has been here for long.
DemoLifespan lifespan(DemoRandom& random, qint64 end, bool isBusy)
{
    const qint64 minutes = historyDays * 24 * 60;
    const qint64 one = random.below(minutes);
    const qint64 other = random.below(minutes);
    const qint64 joined = isBusy ? std::min(one, other) / 2 : std::max(one, other);
    const qint64 microsPerMinute = 60 * microsPerSecond;
    DemoLifespan span{.joinedAt = end - (minutes - joined) * microsPerMinute, .lastAt = end};
    const qint64 life = end - span.joinedAt;
    if (!isBusy && random.chance(25))
        span.lastAt = span.joinedAt + life / 100 * random.between(20, 90); // left
    else
        span.lastAt = end - std::min(life / 2, random.below(10 * microsPerDay));
    return span;
}

void addCustomer(DemoRows& rows, const DemoPlan& plan, qint64 number, qint64 transactions)
{
    DemoRandom random(plan.seed, quint64(number));
    const DemoPerson person = personNumbered(number, random);
    const bool isBusy = transactions * plan.users > 4 * plan.transactions;
    DemoLifespan span = lifespan(random, plan.end.micros, isBusy);
    span.hoursEastOfUtc = person.hoursEastOfUtc;
    DemoCustomer customer{.id = {},
                          .email = person.email,
                          .name = person.name,
                          .createdAt = span.joinedAt - random.below(microsPerHour)};
    const quint64 high = random.next();
    appendUuid(customer.id, high, random.next());
    rows.add(customer);
    DemoAccount account(rows, customer.id, customer.createdAt);
    DemoLife(account, span, random).live(transactions);
    account.close();
}

bool isSensible(const DemoPlan& plan)
{
    return plan.users >= 0 && plan.users <= mostDemoUsers && plan.transactions >= 0 &&
           plan.transactions <= mostDemoTransactions && (plan.users > 0 || plan.transactions == 0);
}

} // namespace

Result<DemoSummary> seedDemo(const DemoPlan& plan, Loader& loader,
                             const std::function<void(qint64, qint64)>& progress,
                             std::stop_token stop)
{
    if (!isSensible(plan))
        return RefusalWithFacts{.refusal = Refusal::AmountInvalid,
                                .requested = Credits::of(plan.transactions)};
    const qint64 planned = plan.transactions + (plan.crimes ? crimeCount * rowsPerCrime : 0);
    DemoRows rows(loader, planned, progress, std::move(stop));
    DemoSummary summary;
    if (plan.users > 0) {
        Shares shares(plan.users, plan.transactions);
        for (qint64 number = 0; number < plan.users && !rows.isBroken(); ++number)
            addCustomer(rows, plan, number, shares.next());
    }
    if (plan.crimes)
        summary.crimes = addCrimes(rows, plan.end.micros);
    if (Outcome flushed = rows.flush(); !flushed)
        return flushed.error();
    if (Outcome finished = loader.finish(); !finished)
        return finished.error();
    summary.users = rows.customers();
    summary.transactions = rows.rows();
    return summary;
}

} // namespace tallystick
