// SPDX-License-Identifier: GPL-3.0-or-later
//! The slim column on the left that leads from page to page.
#pragma once
#include <QtWidgets/QWidget>

class QButtonGroup;
class QToolButton;
class QVBoxLayout;

namespace tallystick {

class Rail final : public QWidget
{
    Q_OBJECT
public:
    explicit Rail(QWidget* parent = nullptr);
    struct Entry
    {
        QString iconName, text, objectName, toolTip;
    };
    void addPage(const Entry& entry);
    /// A button at the foot that leads nowhere but does something.
    [[nodiscard]] QToolButton* addAction(const Entry& entry);
    void setCurrent(int index);

signals:
    void pageChosen(int index);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QToolButton* makeButton(const Entry& entry);
    QVBoxLayout* m_pages;
    QVBoxLayout* m_actions;
    QButtonGroup* m_group;
};

} // namespace tallystick
