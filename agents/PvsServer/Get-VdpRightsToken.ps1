function Get-VdpRightsToken {
    <#
    .SYNOPSIS
    What a running process may do: the part of Add-VdpRightsType that reads its token.
    .DESCRIPTION
    The account, its groups but those that only deny, and the privileges, enabled or not: a process may enable what it has.
    .EXAMPLE
    Get-VdpRightsToken
    .OUTPUTS
    String: C# of version 5, which Windows PowerShell 5.1 compiles.
    .NOTES
    Source: TOKEN_INFORMATION_CLASS, TOKEN_GROUPS, TOKEN_PRIVILEGES in winnt.h. A failing call throws Win32Exception.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    return @'
namespace Vdp
{
    public sealed class Token
    {
        public string User;
        public List<string> Groups = new List<string>();
        public List<string> Privileges = new List<string>();
    }

    public static partial class Rights
    {
        const uint ProcessQueryLimitedInformation = 0x1000, TokenQuery = 0x8, GroupUseForDenyOnly = 0x10;
        const int TokenUserClass = 1, TokenGroupsClass = 2, TokenPrivilegesClass = 3;

        public static Token TokenOf(uint processId)
        {
            IntPtr process = OpenProcess(ProcessQueryLimitedInformation, false, processId), token = IntPtr.Zero;
            if (process == IntPtr.Zero) { throw new Win32Exception(Marshal.GetLastWin32Error()); }
            try
            {
                if (!OpenProcessToken(process, TokenQuery, out token)) { throw new Win32Exception(Marshal.GetLastWin32Error()); }
                var found = new Token();
                Read(token, TokenUserClass, delegate(IntPtr at) { found.User = Text(Marshal.ReadIntPtr(at)); });
                Read(token, TokenGroupsClass, delegate(IntPtr at) { Groups(at, found.Groups); });
                Read(token, TokenPrivilegesClass, delegate(IntPtr at) { Privileges(at, found.Privileges); });
                return found;
            }
            finally { if (token != IntPtr.Zero) { CloseHandle(token); } CloseHandle(process); }
        }

        static void Groups(IntPtr at, List<string> into)
        {
            int count = Marshal.ReadInt32(at), size = Marshal.SizeOf(typeof(SID_AND_ATTRIBUTES));
            long first = at.ToInt64() + (long)Marshal.OffsetOf(typeof(TOKEN_GROUPS), "First");
            for (int n = 0; n < count; n++)
            {
                var group = (SID_AND_ATTRIBUTES)Marshal.PtrToStructure(new IntPtr(first + n * size), typeof(SID_AND_ATTRIBUTES));
                if ((group.Attributes & GroupUseForDenyOnly) == 0) { into.Add(Text(group.Sid)); }
            }
        }

        static void Privileges(IntPtr at, List<string> into)
        {
            int count = Marshal.ReadInt32(at), size = Marshal.SizeOf(typeof(LUID_AND_ATTRIBUTES));
            long first = at.ToInt64() + (long)Marshal.OffsetOf(typeof(TOKEN_PRIVILEGES), "First");
            for (int n = 0; n < count; n++)
            {
                var one = (LUID_AND_ATTRIBUTES)Marshal.PtrToStructure(new IntPtr(first + n * size), typeof(LUID_AND_ATTRIBUTES));
                uint letters = 128;
                var name = new StringBuilder((int)letters);
                if (!LookupPrivilegeNameW(null, ref one.Luid, name, ref letters)) { throw new Win32Exception(Marshal.GetLastWin32Error()); }
                into.Add(name.ToString());
            }
        }

        static void Read(IntPtr token, int part, Action<IntPtr> read)
        {
            uint length;
            GetTokenInformation(token, part, IntPtr.Zero, 0, out length);
            if (length == 0) { throw new Win32Exception(Marshal.GetLastWin32Error()); }
            IntPtr at = Marshal.AllocHGlobal((int)length);
            try
            {
                if (!GetTokenInformation(token, part, at, length, out length)) { throw new Win32Exception(Marshal.GetLastWin32Error()); }
                read(at);
            }
            finally { Marshal.FreeHGlobal(at); }
        }
    }
}
'@
}
