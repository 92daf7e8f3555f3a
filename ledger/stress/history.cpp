// SPDX-License-Identifier: GPL-3.0-or-later
//! Pages in a file, and a sort of them by user.
#include "ledger/stress/history.h"

#include <algorithm>

namespace tallystick {

namespace {

constexpr std::size_t readRecords = 4'096;
constexpr qint64 recordBytes = qint64(sizeof(OperationRecord));

} // namespace

Failure RecordFile::trouble(const char* what) const
{
    return {.kind = Failure::Kind::FileTrouble,
            .statement = QString::fromLatin1(what),
            .text = m_file.errorString()};
}

Outcome RecordFile::write(qint64 place, std::span<const OperationRecord> records)
{
    const std::lock_guard guard(m_mutex);
    const qint64 bytes = recordBytes * qint64(records.size());
    // Flushed, or a full disk would be noticed by a later page's writer.
    if ((!m_file.isOpen() && !m_file.open()) || !m_file.seek(place * recordBytes) ||
        m_file.write(reinterpret_cast<const char*>(records.data()), bytes) != bytes ||
        !m_file.flush())
        return trouble("write the history");
    return Done{};
}

Outcome RecordFile::read(qint64 place, std::span<OperationRecord> records)
{
    const std::lock_guard guard(m_mutex);
    const qint64 bytes = recordBytes * qint64(records.size());
    if (!m_file.seek(place * recordBytes) ||
        m_file.read(reinterpret_cast<char*>(records.data()), bytes) != bytes)
        return trouble("read the history");
    return Done{};
}

Outcome Journal::makeRoom()
{
    if (m_open.size() < pageRecords)
        return Done{};
    const qint64 page = m_pagesOfAll.fetch_add(1);
    if (Outcome written = m_file.write(page * qint64(pageRecords), m_open); !written)
        return written;
    m_pages.push_back(page);
    m_open.clear();
    return Done{};
}

History::History(int writers)
{
    m_journals.reserve(std::size_t(writers) + 1);
    for (int writer = 0; writer <= writers; ++writer)
        m_journals.emplace_back(m_file, m_pages);
}

qint64 History::size() const
{
    qint64 size = 0;
    for (const Journal& journal : m_journals)
        size += journal.size();
    return size;
}

Outcome History::eachPage(const std::function<Outcome(std::span<const OperationRecord>)>& visit)
{
    std::vector<OperationRecord> page(Journal::pageRecords);
    for (const Journal& journal : m_journals) {
        for (const qint64 number : journal.m_pages) {
            if (Outcome read = m_file.read(number * qint64(Journal::pageRecords), page); !read)
                return read;
            if (Outcome visited = visit(page); !visited)
                return visited;
        }
        if (Outcome visited = visit(journal.m_open); !visited)
            return visited;
    }
    return Done{};
}

RecordsByUser::RecordsByUser(History& history, qint64 users, qint64 atOnce)
    : m_history(history)
    , m_atOnce(atOnce)
    , m_starts(std::size_t(users) + 1, 0)
{
}

Outcome RecordsByUser::arrange()
{
    const Outcome counted = m_history.eachPage([this](auto records) -> Outcome {
        for (const OperationRecord& record : records)
            ++m_starts[std::size_t(record.planned.user) + 1];
        return Done{};
    });
    if (!counted)
        return counted;
    for (std::size_t user = 1; user < m_starts.size(); ++user)
        m_starts[user] += m_starts[user - 1];
    cut();
    return m_ranges.size() > 1 ? distribute() : Outcome(Done{});
}

void RecordsByUser::cut()
{
    const std::size_t users = m_starts.size() - 1;
    for (std::size_t first = 0; first < users;) {
        std::size_t end = first + 1;
        while (end < users && m_starts[end + 1] - m_starts[first] <= m_atOnce)
            ++end;
        m_ranges.push_back({first, end, m_starts[first], m_starts[end] - m_starts[first]});
        first = end;
    }
}

/// Every record into its range's part of the other file, a page of each range at a time.
Outcome RecordsByUser::distribute()
{
    struct Part
    {
        std::vector<OperationRecord> waiting;
        qint64 next;
    };
    std::vector<Part> parts;
    for (const Range& range : m_ranges)
        parts.push_back({{}, range.firstRecord});
    const auto flush = [this](Part& part) -> Outcome {
        if (Outcome written = m_sorted.write(part.next, part.waiting); !written)
            return written;
        part.next += qint64(part.waiting.size());
        part.waiting.clear();
        return Done{};
    };
    const Outcome sorted = m_history.eachPage([&](auto records) -> Outcome {
        for (const OperationRecord& record : records) {
            const auto after = std::upper_bound(
                m_ranges.begin(), m_ranges.end(), std::size_t(record.planned.user),
                [](std::size_t user, const Range& range) { return user < range.firstUser; });
            Part& part = parts[std::size_t(after - m_ranges.begin()) - 1];
            part.waiting.push_back(record);
            if (part.waiting.size() < Journal::pageRecords)
                continue;
            if (Outcome flushed = flush(part); !flushed)
                return flushed;
        }
        return Done{};
    });
    if (!sorted)
        return sorted;
    for (Part& part : parts)
        if (Outcome flushed = flush(part); !flushed)
            return flushed;
    return Done{};
}

void RecordsByUser::place(std::span<const OperationRecord> records)
{
    const Range& range = m_ranges[m_range];
    for (const OperationRecord& record : records) {
        const std::size_t user = std::size_t(record.planned.user) - range.firstUser;
        m_records[std::size_t(m_next[user]++ - range.firstRecord)] = record;
    }
}

Outcome RecordsByUser::load(const Range& range)
{
    m_records.clear(); // before the new size: no record needs to move
    m_records.resize(std::size_t(range.records));
    m_next.assign(m_starts.begin() + qint64(range.firstUser),
                  m_starts.begin() + qint64(range.endUser));
    if (m_ranges.size() == 1)
        return m_history.eachPage([this](auto records) -> Outcome {
            place(records);
            return Done{};
        });
    std::vector<OperationRecord> page;
    for (qint64 done = 0; done < range.records; done += qint64(page.size())) {
        page.resize(std::min(readRecords, std::size_t(range.records - done)));
        if (Outcome read = m_sorted.read(range.firstRecord + done, page); !read)
            return read;
        place(page);
    }
    return Done{};
}

Result<std::span<OperationRecord>> RecordsByUser::of(qint64 user)
{
    const std::size_t wanted = std::size_t(user);
    while (wanted >= m_ranges[m_range].endUser)
        ++m_range;
    if (m_loaded != m_range) {
        if (const Outcome loaded = load(m_ranges[m_range]); !loaded)
            return loaded.error();
        m_loaded = m_range;
    }
    const Range& range = m_ranges[m_range];
    Q_ASSERT(wanted >= range.firstUser);
    return std::span(m_records).subspan(std::size_t(m_starts[wanted] - range.firstRecord),
                                        std::size_t(m_starts[wanted + 1] - m_starts[wanted]));
}

} // namespace tallystick
