function Get-VdpRightsName {
    <#
    .SYNOPSIS
    The SID of an account and the account of a SID: the part of Add-VdpRightsType that asks for names.
    .DESCRIPTION
    Every buffer is given back, also after an error. A failing call throws Win32Exception with the code of Windows.
    .EXAMPLE
    Get-VdpRightsName
    .OUTPUTS
    String: C# of version 5, which Windows PowerShell 5.1 compiles.
    .NOTES
    Source: LookupAccountName, LookupAccountSid. The first call of LookupAccountName fails and tells the sizes.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    return @'
namespace Vdp
{
    public static partial class Rights
    {
        public static string SidOf(string account)
        {
            uint bytes = 0, letters = 0;
            int use;
            LookupAccountNameW(null, account, IntPtr.Zero, ref bytes, null, ref letters, out use);
            if (bytes == 0) { throw new Win32Exception(Marshal.GetLastWin32Error()); }
            IntPtr sid = Marshal.AllocHGlobal((int)bytes);
            try
            {
                if (!LookupAccountNameW(null, account, sid, ref bytes, new StringBuilder((int)letters), ref letters, out use))
                {
                    throw new Win32Exception(Marshal.GetLastWin32Error());
                }
                return Text(sid);
            }
            finally { Marshal.FreeHGlobal(sid); }
        }

        public static string NameOf(string sid)
        {
            IntPtr pointer;
            if (!ConvertStringSidToSidW(sid, out pointer)) { throw new Win32Exception(Marshal.GetLastWin32Error()); }
            try
            {
                uint letters = 256, domainLetters = 256;
                int use;
                var name = new StringBuilder((int)letters);
                var domain = new StringBuilder((int)domainLetters);
                if (!LookupAccountSidW(null, pointer, name, ref letters, domain, ref domainLetters, out use))
                {
                    throw new Win32Exception(Marshal.GetLastWin32Error());
                }
                return domain.Length == 0 ? name.ToString() : domain + "\\" + name;
            }
            finally { LocalFree(pointer); }
        }
    }
}
'@
}
