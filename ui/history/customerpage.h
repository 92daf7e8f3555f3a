// SPDX-License-Identifier: GPL-3.0-or-later
//! Everything about one customer: header, proof, statement, details, and the forms that post.
#pragma once
#include "ledger/audit/chaincheck.h"
#include "ui/desks.h"
#include "ui/posting/draft.h"
#include "ui/shared/question.h"

#include <QtWidgets/QWidget>

class QPushButton;
class QSplitter;
class QStackedWidget;

namespace tallystick {

class Banner;
class CustomerHeader;
class FindingsList;
class PostingPanel;
class StatementPanel;
class TransactionDetails;

class CustomerPage final : public QWidget
{
    Q_OBJECT
public:
    /// \a desks outlive the page. Of \a user only the id has to be known.
    CustomerPage(Desks& desks, const User& user, const QString& operatorName,
                 QWidget* parent = nullptr);
    void reload();
    void verify();
    void openForm(PostingKind kind);
    /// Something was sent whose end is not known yet: the page should not be closed.
    [[nodiscard]] bool isBusy() const;

    [[nodiscard]] const User& user() const { return m_user; }
    [[nodiscard]] StatementPanel* statement() const { return m_statement; }
    [[nodiscard]] PostingPanel* posting() const { return m_posting; }
    [[nodiscard]] const std::optional<ChainVerdict>& verdict() const { return m_verdict; }

signals:
    void userLearnt(const tallystick::User& user);
    void verified();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeTop();
    QWidget* makeActions();
    void makeBody();
    void askSummary();
    void takeReceipt(const Receipt& receipt);
    void tellFailure();
    void cancelVerification();
    void showVerdict(const Result<ChainVerdict>& verdict);
    void showFindingRow(const TransactionKey& key);
    void showDetails(const Transaction& row);
    void closeSide();
    void arrange();

    Desks& m_desks;
    User m_user;
    QString m_operatorName;
    std::optional<ChainVerdict> m_verdict;
    std::optional<Error> m_failure;   ///< of the summary
    std::optional<Receipt> m_written; ///< by this page, and not read again yet
    CustomerHeader* m_header;
    Banner* m_banner;
    FindingsList* m_findings;
    QList<QPushButton*> m_actions;
    StatementPanel* m_statement;
    TransactionDetails* m_details;
    PostingPanel* m_posting = nullptr; ///< made with the first form
    QStackedWidget* m_side;
    QSplitter* m_splitter;
    Question<UserSummary> m_summaryQuestion;
    Question<QList<BalancePoint>> m_curveQuestion;
    Question<ChainVerdict> m_verdictQuestion;
    Question<Transaction> m_rowQuestion;
};

} // namespace tallystick
