// SPDX-License-Identifier: GPL-3.0-or-later
//! What became of every operation of a run, in bounded memory: full pages go to a file.
#pragma once
#include "ledger/core/result.h"
#include "ledger/stress/record.h"

#include <QtCore/QTemporaryFile>

#include <atomic>
#include <functional>
#include <mutex>
#include <span>
#include <vector>

namespace tallystick {

/// Records in a temporary file, which ends with this object (on Linux it never has a name, so a
/// crash leaves nothing behind). In QDir::tempPath(), which TMPDIR chooses. Thread-safe.
class RecordFile final
{
public:
    /// \a place: in records. Fails with FileTrouble, as when the disk is full; the file is then
    /// as it was as far as it was read before.
    [[nodiscard]] Outcome write(qint64 place, std::span<const OperationRecord> records);
    [[nodiscard]] Outcome read(qint64 place, std::span<OperationRecord> records);

private:
    [[nodiscard]] Failure trouble(const char* what) const;
    std::mutex m_mutex;
    QTemporaryFile m_file;
};

/// One worker's operations in the order they were sent. Written by that worker; read when it left.
class Journal final
{
public:
    static constexpr std::size_t pageRecords = 512;

    explicit Journal(RecordFile& file, std::atomic<qint64>& pages)
        : m_file(file)
        , m_pagesOfAll(pages)
    {
    }
    /// Call it before every append(): a full page goes to the file. When that fails nothing is
    /// lost, but nothing more should be begun.
    [[nodiscard]] Outcome makeRoom();
    /// The place of the newest operation, to be completed before the next one.
    OperationRecord& append(const OperationRecord& record)
    {
        ++m_size;
        return m_open.emplace_back(record);
    }
    [[nodiscard]] qint64 size() const { return m_size; }

private:
    friend class History;
    RecordFile& m_file;
    std::atomic<qint64>& m_pagesOfAll; ///< pages in the file, of all journals
    std::vector<qint64> m_pages;       ///< in the file
    std::vector<OperationRecord> m_open;
    qint64 m_size = 0;
};

/// The journals of a run.
class History final
{
public:
    explicit History(int writers);
    /// One for each worker, and one more for what no worker took: the last.
    [[nodiscard]] Journal& journal(int writer) { return m_journals[std::size_t(writer)]; }
    [[nodiscard]] Journal& untaken() { return m_journals.back(); }
    /// \name When every writer has left
    /// @{
    [[nodiscard]] qint64 size() const;
    /// Every record once, in pages.
    [[nodiscard]] Outcome
    eachPage(const std::function<Outcome(std::span<const OperationRecord>)>& visit);
    /// @}

private:
    RecordFile m_file;
    std::atomic<qint64> m_pages = 0;
    std::vector<Journal> m_journals;
};

/// A history again, a user after the other. Holds the records of some users at a time: at most
/// \a atOnce, or those of one user if they are more.
class RecordsByUser final
{
public:
    RecordsByUser(History& history, qint64 users, qint64 atOnce = 250'000);
    /// Reads the whole history once, or twice and sorts it in another file where it is large.
    [[nodiscard]] Outcome arrange();
    /// Users in ascending order; the records stay until the next call.
    [[nodiscard]] Result<std::span<OperationRecord>> of(qint64 user);

private:
    struct Range
    {
        std::size_t firstUser, endUser;
        qint64 firstRecord, records;
    };
    void cut();
    [[nodiscard]] Outcome distribute();
    [[nodiscard]] Outcome load(const Range& range);
    void place(std::span<const OperationRecord> records);

    History& m_history;
    qint64 m_atOnce;
    std::vector<qint64> m_starts; ///< of each user's records in the whole; one more at the end
    std::vector<Range> m_ranges;
    std::size_t m_range = 0;                ///< of the user asked for last
    std::optional<std::size_t> m_loaded;    ///< range whose records are here
    RecordFile m_sorted;                    ///< by range
    std::vector<OperationRecord> m_records; ///< of the range, by user
    std::vector<qint64> m_next;             ///< where a user's next record goes
};

} // namespace tallystick
